//! What `<sspr-admin>` shows.

mod look_up;
mod parts;
mod policy;
mod reports;
mod texts;

use crate::{
    flow::admin::{Admin, Event, Notice, Part, Screen},
    i18n::{Message, Texts},
    ui::account::{Heading, Loading, Proof, SignedOut, Unreachable, texts as shared},
    ui::parts::failure_text,
};
use std::rc::Rc;
use yew::prelude::*;

/// What the view takes.
#[derive(Clone, PartialEq, Properties)]
pub struct View {
    /// The state to show.
    pub flow: Rc<Admin>,
    /// Takes what the administrator does.
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

    /// What no field is to blame for.
    fn failure(&self) -> Option<AttrValue> {
        match &self.flow.notice {
            Some(Notice::Failure(failure)) => Some(failure_text(&self.t, failure)),
            _ => None,
        }
    }
}

/// The panel; behind the password dialogue it waits unseen, with everything typed in it.
#[component]
pub fn AdminView(view: &View) -> Html {
    let proof = view.flow.needs_proof();
    let submit = {
        let send = view.send.clone();
        Callback::from(move |password| send.emit(Event::Password(password)))
    };
    let (t, retry) = (view.t.clone(), view.on(Event::Open));
    html! {
        <>
            if proof {
                <Proof t={t.clone()} error={proof_error(view)} busy={view.flow.is_busy()} {submit}
                    cancel={view.on(Event::Back)} />
            }
            <div class="stage" hidden={proof}>
                { match view.flow.screen {
                    Screen::Loading => html! { <Loading {t} /> },
                    Screen::Unreachable => html! { <Unreachable {t} reason={view.failure()} {retry} /> },
                    Screen::SignedOut => html! { <SignedOut {t} {retry} /> },
                    Screen::Forbidden => forbidden(&t),
                    Screen::Panel => panel(view),
                } }
            </div>
        </>
    }
}

fn proof_error(view: &View) -> Option<AttrValue> {
    match &view.flow.notice {
        Some(Notice::ProofMissing) => Some(view.t.get(&shared::PROOF_EMPTY)),
        Some(Notice::ProofWrong) => Some(view.t.get(&shared::PROOF_WRONG)),
        _ => view.failure(),
    }
}

fn forbidden(t: &Texts) -> Html {
    html! {
        <section class="page">
            <Heading text={t.get(&texts::FORBIDDEN_TITLE)} />
            <p role="alert">{ t.get(&texts::FORBIDDEN_TEXT) }</p>
        </section>
    }
}

fn panel(view: &View) -> Html {
    let t = &view.t;
    let part = |part: Part, name: &'static Message| {
        let current = (view.flow.part == part).then_some("true");
        html! {
            <button type="button" class="part" part="button" aria-current={current}
                onclick={view.on(Event::Show(part))}>{ t.get(name) }</button>
        }
    };
    html! {
        <section class="admin" aria-busy={view.flow.is_busy().then_some("true")}>
            <Heading text={t.get(&texts::TITLE)} />
            <nav class="parts" aria-label={t.get(&texts::TITLE)}>
                { part(Part::Policy, &texts::POLICY) }
                { part(Part::Reports, &texts::REPORTS) }
                { part(Part::LookUp, &texts::LOOK_UP) }
            </nav>
            <div hidden={view.flow.part != Part::Policy}><policy::PolicyForm ..view.clone() /></div>
            if view.flow.part == Part::Reports { { reports::show(view) } }
            if view.flow.part == Part::LookUp { { look_up::show(view) } }
        </section>
    }
}
