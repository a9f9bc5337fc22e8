//! What an answer of the backend does.

use super::{Enroll, Notice, Proving, Screen, Success};
use crate::{
    backend::{AccountAnswer, AccountCall, Failure},
    flow::calls::{Arrival, Effect, Outcome, Request},
};
use sspr_core::wire::{AddedMethod, MethodList, ProblemCode, UpdateMethod};

impl Enroll {
    /// Starts a call unless one runs.
    pub(super) fn call(&mut self, call: AccountCall) -> Vec<Effect> {
        self.calls.start(call).map(|request| self.sent(request)).unwrap_or_default()
    }

    pub(super) fn sent(&mut self, request: Request) -> Vec<Effect> {
        self.notice = None;
        self.success = None;
        vec![Effect::Call(request)]
    }

    pub(super) fn answer(&mut self, turn: u32, result: Result<AccountAnswer, Failure>) -> Vec<Effect> {
        match self.calls.arrived(turn, result) {
            Arrival::Stale => Vec::new(),
            Arrival::Answer(call, answer) => self.succeeded(call, answer),
            Arrival::Failed(call, failure) => self.failed(&call, failure),
            Arrival::ProofNeeded => Vec::new(),
            Arrival::Repeat(request) => self.sent(request),
            Arrival::ProofFailed(failure) => {
                self.notice(Notice::Failure(failure));
                Vec::new()
            }
            Arrival::SignedOut => self.sign_out(),
        }
    }

    fn succeeded(&mut self, call: AccountCall, answer: AccountAnswer) -> Vec<Effect> {
        match (call, answer) {
            (AccountCall::Session, AccountAnswer::Session(session)) => {
                if !session.signed_in {
                    return self.sign_out();
                }
                self.identifier = session.identifier;
                self.call(AccountCall::Methods)
            }
            (AccountCall::Add(_) | AccountCall::Resend(..), AccountAnswer::Added(added)) => self.added(added),
            (call, AccountAnswer::Methods(list)) => self.listed(&call, list),
            // An answer of another shape than was asked for is no answer.
            (call, _) => self.failed(&call, Failure::unreadable()),
        }
    }

    /// The list, fresh.
    fn listed(&mut self, call: &AccountCall, list: MethodList) -> Vec<Effect> {
        self.list_is_old = false;
        if self.screen == Screen::Loading {
            self.enter(list);
            return Vec::new();
        }
        self.list = Some(list);
        let success = match call {
            AccountCall::Verify(..) => Success::Added,
            AccountCall::Methods if matches!(self.screen, Screen::RecoveryCodes(_) | Screen::Form(_)) => {
                Success::Added
            }
            AccountCall::Methods => return Vec::new(),
            AccountCall::Update(_, UpdateMethod { primary: Some(true), .. }) => Success::MadeDefault,
            AccountCall::Update(..) => Success::Renamed,
            AccountCall::Remove(_) => Success::Removed,
            AccountCall::ConfirmContacts => {
                self.show(Screen::Methods);
                self.success = Some(Success::Confirmed);
                return self.done(Outcome::Confirmed);
            }
            _ => {
                self.wizard = false;
                self.show(Screen::Methods);
                return self.done(Outcome::Skipped);
            }
        };
        self.advance();
        self.success = Some(success);
        Vec::new()
    }

    /// A method was added, or its code sent again: what there is to do for it decides the screen.
    fn added(&mut self, added: AddedMethod) -> Vec<Effect> {
        self.list_is_old = true;
        if !added.recovery_codes.is_empty() {
            self.show(Screen::RecoveryCodes(added.recovery_codes));
            return Vec::new();
        }
        if added.sent.is_none() && added.totp.is_none() {
            return self.call(AccountCall::Methods);
        }
        let before = match &self.screen {
            Screen::Prove(proving) => proving.sends,
            _ => 0,
        };
        let again = before > 0;
        self.show(Screen::Prove(Proving {
            method: added.method,
            sent: added.sent,
            totp: added.totp,
            sends: before.saturating_add(1),
        }));
        self.success = again.then_some(Success::Resent);
        Vec::new()
    }

    fn failed(&mut self, call: &AccountCall, failure: Failure) -> Vec<Effect> {
        let code = failure.code();
        let mut effects = Vec::new();
        match self.screen {
            // After a form: the method was added, so sending the form again would add it twice.
            Screen::Loading | Screen::Form(_) if call.is_read() => {
                effects.push(Effect::Error(failure.word()));
                self.show(Screen::Unreachable);
            }
            // The method is gone, or something else was done about it meanwhile: look again.
            Screen::Prove(_) | Screen::Rename(_) | Screen::Remove(_) | Screen::Methods
                if matches!(code, Some(ProblemCode::MethodNotFound | ProblemCode::WrongState))
                    && *call != AccountCall::Methods =>
            {
                self.go_home();
                effects = self.call(AccountCall::Methods);
            }
            _ => {}
        }
        self.notice(Notice::Failure(failure));
        effects
    }

    /// Nobody is signed in: everything the person saw or typed is dropped.
    fn sign_out(&mut self) -> Vec<Effect> {
        self.list = None;
        self.identifier = None;
        self.wizard = false;
        self.show(Screen::SignedOut);
        vec![Effect::Error(ProblemCode::SessionRequired.word())]
    }
}
