//! What `<sspr-change>` shows.

pub(crate) mod texts;

use crate::{
    backend::{BreachedRanges, Shared},
    flow::change::{Change, Event, Notice, Screen},
    i18n::Texts,
    ui::account::{Heading, Loading, Proof, SignedOut, Unreachable, texts as shared},
    ui::parts::{NewPassword, Sent, TextField, failure_text, nfc, on_submit, rejected},
};
use sspr_core::wire::{ChangePassword, PasswordChanged};
use std::rc::Rc;
use yew::prelude::*;

/// What the view takes.
#[derive(Clone, PartialEq, Properties)]
pub struct View {
    /// The state to show.
    pub flow: Rc<Change>,
    /// Takes what the person does.
    pub send: Callback<Event>,
    /// The texts.
    pub t: Texts,
    /// Asks for leaked passwords.
    pub ranges: Shared<dyn BreachedRanges>,
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

/// The page; behind the password dialogue it waits unseen, with everything typed in it.
#[component]
pub fn ChangeView(view: &View) -> Html {
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
                { match &view.flow.screen {
                    Screen::Loading => html! { <Loading {t} /> },
                    Screen::Unreachable => html! { <Unreachable {t} reason={view.failure()} {retry} /> },
                    Screen::SignedOut => html! { <SignedOut {t} {retry} /> },
                    Screen::Form => form(view),
                    Screen::Done(changed) => done(view, changed),
                } }
            </div>
        </>
    }
}

fn proof_error(view: &View) -> Option<AttrValue> {
    match &view.flow.notice {
        Some(Notice::ProofMissing) => Some(view.t.get(&shared::PROOF_EMPTY)),
        Some(Notice::CurrentIncorrect) => Some(view.t.get(&shared::PROOF_WRONG)),
        _ => view.failure(),
    }
}

fn done(view: &View, changed: &PasswordChanged) -> Html {
    let t = &view.t;
    html! {
        <section class="page">
            <Heading text={t.get(&texts::DONE_TITLE)} />
            <p role="status">
                { t.get(if changed.signed_in { &texts::DONE_TEXT } else { &texts::DONE_SIGN_IN }) }
            </p>
            if changed.ended_sessions > 0 { <p>{ t.count(&texts::DONE_ENDED, changed.ended_sessions) }</p> }
        </section>
    }
}

fn form(view: &View) -> Html {
    let t = &view.t;
    let onsubmit = on_submit(&view.send, |sent: Sent| {
        Event::Submit(ChangePassword {
            current_password: sent.secret("current"),
            new_password: nfc(&sent.secret("new")),
            end_other_sessions: sent.ticked("end-sessions"),
        })
    });
    let current_error = match view.flow.notice {
        Some(Notice::CurrentMissing) => Some(t.get(&texts::CURRENT_MISSING)),
        Some(Notice::CurrentIncorrect) => Some(t.get(&texts::CURRENT_WRONG)),
        _ => None,
    };
    let current = TextField {
        name: "current".into(),
        label: t.get(&texts::CURRENT),
        error: current_error,
        kind: "password",
        autocomplete: "current-password",
        ..TextField::default()
    };
    let rejection = match &view.flow.notice {
        Some(Notice::Rejected(broken)) => Some(rejected(t, &texts::REJECTED, broken)),
        _ => None,
    };
    html! {
        <form class="page" part="form" novalidate=true {onsubmit}>
            <Heading text={t.get(&texts::TITLE)} />
            if let Some(failure) = view.failure() { <p class="error" part="error" role="alert">{ failure }</p> }
            // For password managers, which file a new password under the name beside it.
            <input class="unseen" type="text" autocomplete="username" readonly=true tabindex="-1" aria-hidden="true"
                value={view.flow.identifier.clone().unwrap_or_default()} />
            { current.show() }
            if let Some(policy) = &view.flow.policy {
                <NewPassword t={t.clone()} name="new" label={t.get(&texts::NEW)} policy={policy.clone()}
                    ranges={view.ranges.clone()} current="current" error={rejection} />
            }
            <div class="field">
                <label class="tick">
                    <input name="end-sessions" type="checkbox" ~defaultChecked={true} />
                    <span>{ t.get(&texts::END_SESSIONS) }</span>
                </label>
            </div>
            <div class="actions">
                <button class="main" part="button main" disabled={view.flow.is_busy()}>{ t.get(&texts::SUBMIT) }</button>
            </div>
        </form>
    }
}
