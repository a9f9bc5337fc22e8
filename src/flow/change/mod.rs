//! The flow of `<sspr-change>`: a person who is signed in replaces the password they know.
//!
//! Pure, like the other flows: [`Change::step`] takes an [`Event`] and returns the next state and the [`Effect`]s.

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use crate::{
    backend::{AccountAnswer, AccountCall, Failure},
    flow::calls::{Arrival, Calls, Effect, Outcome, Request},
};
use sspr_core::{
    Secret,
    policy::{self, PasswordPolicy, Violation},
    wire::{ChangePassword, PasswordChanged, ProblemCode},
};
use std::rc::Rc;

/// What is on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The first answer is awaited.
    Loading,
    /// The first answer did not come; it can be asked for again.
    Unreachable,
    /// Nobody is signed in.
    SignedOut,
    /// The two passwords are asked for.
    Form,
    /// The password is changed.
    Done(PasswordChanged),
}

/// What went wrong on this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The current password was left empty.
    CurrentMissing,
    /// The current password is wrong.
    CurrentIncorrect,
    /// The new password breaks these rules.
    Rejected(Vec<Violation>),
    /// The password that the dialogue asks for was left empty.
    ProofMissing,
    /// Anything else the backend said.
    Failure(Failure),
}

/// The flow's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is on the screen.
    pub screen: Screen,
    /// What a new password must be, with the person's own terms.
    pub policy: Option<Rc<PasswordPolicy>>,
    /// Whose password it is; goes into the hidden field that password managers look for.
    pub identifier: Option<String>,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Counts notices, so that the same one twice is announced twice.
    pub notices: u32,
    calls: Calls,
}

/// What happens to the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The element appeared, or is to try again from the start.
    Open,
    /// An answer to [`Effect::Call`].
    Answered {
        /// [`crate::flow::calls::Request::turn`].
        turn: u32,
        /// What came.
        result: Result<AccountAnswer, Failure>,
    },
    /// The form as it stands.
    Submit(ChangePassword),
    /// The password that was asked for.
    Password(Secret),
    /// Away from the password dialogue, or from a call that takes too long.
    Back,
}

impl Default for Change {
    fn default() -> Self {
        Self {
            screen: Screen::Loading,
            policy: None,
            identifier: None,
            notice: None,
            notices: 0,
            calls: Calls::default(),
        }
    }
}

impl Change {
    /// Takes one event.
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = match (&self.screen, event) {
            (_, Event::Answered { turn, result }) => self.answer(turn, result),
            (Screen::Loading | Screen::Unreachable | Screen::SignedOut, Event::Open) => {
                let effects = self.call(AccountCall::Session);
                if !effects.is_empty() {
                    self.screen = Screen::Loading;
                }
                effects
            }
            (_, Event::Password(password)) if self.needs_proof() && !self.is_busy() => {
                if password.is_empty() { self.refuse(Notice::ProofMissing) } else { self.prove(password) }
            }
            (_, Event::Back) => self.back(),
            (Screen::Form, Event::Submit(form)) if !self.is_busy() && !self.needs_proof() => {
                self.submit(form)
            }
            _ => Vec::new(),
        };
        (self, effects)
    }

    /// The step by the name that the page is told; the focus moves when it changes.
    pub fn step_name(&self) -> &'static str {
        match self.screen {
            _ if self.needs_proof() => "reauthenticate",
            Screen::Loading => "loading",
            Screen::Unreachable => "unreachable",
            Screen::SignedOut => "signed-out",
            Screen::Form => "password",
            Screen::Done(_) => "done",
        }
    }

    /// Whether an answer is awaited.
    pub fn is_busy(&self) -> bool {
        self.calls.is_running()
    }

    /// Whether the password dialogue stands before the screen.
    pub fn needs_proof(&self) -> bool {
        self.calls.needs_proof()
    }

    /// What the browser can decide is decided here, by the code that the server runs as well.
    fn submit(&mut self, form: ChangePassword) -> Vec<Effect> {
        if form.current_password.is_empty() {
            return self.refuse(Notice::CurrentMissing);
        }
        let known = policy::Known { current: Some(form.current_password.expose()), ..Default::default() };
        let broken = self
            .policy
            .iter()
            .flat_map(|it| policy::violations(it, form.new_password.expose(), known))
            .collect::<Vec<_>>();
        if !broken.is_empty() {
            return self.refuse(Notice::Rejected(broken));
        }
        self.call(AccountCall::ChangePassword(form))
    }

    fn back(&mut self) -> Vec<Effect> {
        if matches!(self.screen, Screen::Done(_)) {
            return Vec::new();
        }
        let had_proof = self.needs_proof();
        if self.screen == Screen::Form || had_proof {
            self.calls.give_up();
            self.notice = None;
        }
        if self.screen == Screen::Loading && had_proof {
            self.screen = Screen::Unreachable;
        }
        Vec::new()
    }

    fn answer(&mut self, turn: u32, result: Result<AccountAnswer, Failure>) -> Vec<Effect> {
        match self.calls.arrived(turn, result) {
            Arrival::Stale | Arrival::ProofNeeded => Vec::new(),
            Arrival::Answer(call, answer) => self.succeeded(&call, answer),
            Arrival::Failed(call, failure) => self.failed(&call, failure),
            Arrival::Repeat(request) => self.sent(request),
            Arrival::ProofFailed(failure) => self.refuse(match failure.code() {
                Some(ProblemCode::CurrentPasswordIncorrect) => Notice::CurrentIncorrect,
                _ => Notice::Failure(failure),
            }),
            Arrival::SignedOut => self.sign_out(),
        }
    }

    fn succeeded(&mut self, call: &AccountCall, answer: AccountAnswer) -> Vec<Effect> {
        match answer {
            AccountAnswer::Session(session) if !session.signed_in => self.sign_out(),
            AccountAnswer::Session(session) => {
                self.identifier = session.identifier;
                self.call(AccountCall::PasswordPolicy)
            }
            AccountAnswer::Policy(policy) => {
                self.policy = Some(policy.into());
                self.screen = Screen::Form;
                Vec::new()
            }
            AccountAnswer::Changed(changed) => {
                self.policy = None;
                self.screen = Screen::Done(changed);
                vec![Effect::Done { outcome: Outcome::Changed, identifier: self.identifier.clone() }]
            }
            // An answer of another shape than was asked for is no answer.
            AccountAnswer::Methods(_) | AccountAnswer::Added(_) => self.failed(call, Failure::unreadable()),
        }
    }

    fn failed(&mut self, call: &AccountCall, failure: Failure) -> Vec<Effect> {
        if call.is_read() {
            self.screen = Screen::Unreachable;
            let effects = vec![Effect::Error(failure.word())];
            self.refuse(Notice::Failure(failure));
            return effects;
        }
        self.refuse(match failure.code() {
            Some(ProblemCode::CurrentPasswordIncorrect) => Notice::CurrentIncorrect,
            Some(ProblemCode::PasswordRejected) => Notice::Rejected(failure.violations().to_vec()),
            _ => Notice::Failure(failure),
        })
    }

    fn sign_out(&mut self) -> Vec<Effect> {
        self.policy = None;
        self.screen = Screen::SignedOut;
        self.notice = None;
        vec![Effect::Error(ProblemCode::SessionRequired.word())]
    }

    fn call(&mut self, call: AccountCall) -> Vec<Effect> {
        self.calls.start(call).map(|request| self.sent(request)).unwrap_or_default()
    }

    fn prove(&mut self, password: Secret) -> Vec<Effect> {
        self.calls.prove(password).map(|request| self.sent(request)).unwrap_or_default()
    }

    fn sent(&mut self, request: Request) -> Vec<Effect> {
        self.notice = None;
        vec![Effect::Call(request)]
    }

    fn refuse(&mut self, notice: Notice) -> Vec<Effect> {
        self.notice = Some(notice);
        self.notices = self.notices.wrapping_add(1);
        Vec::new()
    }
}
