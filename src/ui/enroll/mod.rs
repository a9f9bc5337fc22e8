//! What `<sspr-enroll>` shows: one file a page. Each renders the flow's state and sends events, nothing else.

mod choose;
mod codes;
mod contact;
mod edit;
mod form;
mod methods;
mod parts;
mod problem;
mod prove;
mod qr;
mod questions;
mod save;
mod texts;
mod totp;
mod welcome;

pub(crate) use parts::kind_name;

use crate::{
    flow::enroll::{Enroll, Event, Screen, Success},
    i18n::Texts,
    ui::account::{Loading, Proof, SignedOut, Unreachable},
};
use form::Form;
use sspr_core::wire::MethodKind;
use std::rc::Rc;
use yew::prelude::*;

/// What every page takes.
#[derive(Clone, PartialEq, Properties)]
pub struct View {
    /// The state to show.
    pub flow: Rc<Enroll>,
    /// Takes what the person does.
    pub send: Callback<Event>,
    /// The texts.
    pub t: Texts,
}

impl View {
    /// A press that means this event.
    fn on(&self, event: Event) -> Callback<MouseEvent> {
        let send = self.send.clone();
        Callback::from(move |_| send.emit(event.clone()))
    }
}

/// The page, with what is said above it; behind the password dialogue it waits unseen, with everything typed in it.
#[component]
pub fn EnrollView(view: &View) -> Html {
    let proof = view.flow.needs_proof();
    let submit = {
        let send = view.send.clone();
        Callback::from(move |password| send.emit(Event::Password(password)))
    };
    html! {
        <>
            if proof {
                <Proof t={view.t.clone()} error={problem::of_proof(view)} busy={view.flow.is_busy()}
                    {submit} cancel={view.on(Event::Back)} />
            }
            <div class="stage" hidden={proof}>
                <p class="success" role="status">{ (!proof).then(|| success(view)).flatten() }</p>
                <p class="error" part="error" role="alert" key={view.flow.notices}>
                    { (!proof && view.flow.screen != Screen::Unreachable).then(|| problem::of_page(view)).flatten() }
                </p>
                { page(view) }
            </div>
        </>
    }
}

fn success(view: &View) -> Option<AttrValue> {
    let text = match view.flow.success? {
        Success::Added => &texts::SUCCESS_ADDED,
        Success::Renamed => &texts::SUCCESS_RENAMED,
        Success::MadeDefault => &texts::SUCCESS_DEFAULT,
        Success::Removed => &texts::SUCCESS_REMOVED,
        Success::Confirmed => &texts::SUCCESS_CONFIRMED,
        Success::Resent => &texts::SUCCESS_RESENT,
    };
    Some(view.t.get(text))
}

fn page(view: &View) -> Html {
    let all = view.clone();
    let t = view.t.clone();
    let method = |id: &str| view.flow.method(id).cloned();
    match &view.flow.screen {
        Screen::Loading => html! { <Loading {t} /> },
        Screen::Unreachable => {
            html! { <Unreachable {t} reason={problem::of_page(view)} retry={view.on(Event::Open)} /> }
        }
        Screen::SignedOut => html! { <SignedOut {t} retry={view.on(Event::Open)} /> },
        Screen::Welcome => html! { <welcome::Welcome ..all /> },
        Screen::StillRight => html! { <welcome::StillRight ..all /> },
        Screen::Finished => html! { <welcome::Finished ..all /> },
        Screen::Methods => html! { <methods::Methods ..all /> },
        Screen::Choose => html! { <choose::Choose ..all /> },
        Screen::Form(MethodKind::Email) => html! { <contact::EmailForm ..all /> },
        Screen::Form(MethodKind::Phone) => html! { <contact::PhoneForm ..all /> },
        Screen::Form(MethodKind::Totp) => html! { <totp::TotpForm ..all /> },
        Screen::Form(MethodKind::RecoveryCodes) => html! { <codes::CodesForm ..all /> },
        Screen::Form(MethodKind::Questions) => html! { <questions::QuestionsForm ..all /> },
        Screen::Prove(proving) => html! { <prove::Prove view={all} proving={proving.clone()} /> },
        Screen::RecoveryCodes(codes) => html! { <codes::Codes view={all} codes={codes.clone()} /> },
        Screen::Rename(id) => match method(id) {
            Some(method) => html! { <edit::Rename view={all} {method} /> },
            None => Html::default(),
        },
        Screen::Remove(id) => match method(id) {
            Some(method) => html! { <edit::Remove view={all} {method} /> },
            None => Html::default(),
        },
    }
}
