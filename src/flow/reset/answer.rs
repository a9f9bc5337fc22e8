//! What an answer of the backend does.

use super::{Effect, Notice, Reset, Screen};
use crate::backend::{Failure, RecoveryAnswer, RecoveryCall};
use sspr_core::wire::{FlowState, FlowView, ProblemCode};

impl Reset {
    pub(super) fn answered(&mut self, turn: u32, result: Result<RecoveryAnswer, Failure>) -> Vec<Effect> {
        let Some(call) = self.calls.arrived(turn, &result) else { return Vec::new() };
        match result {
            Ok(answer) => self.succeeded(&call, answer),
            Err(failure) => self.failed(&call, failure),
        }
    }

    fn succeeded(&mut self, call: &RecoveryCall, answer: RecoveryAnswer) -> Vec<Effect> {
        match answer {
            RecoveryAnswer::Description(description) => {
                self.description = Some(*description);
                let mut effects = Vec::new();
                if self.wants_work() {
                    effects.push(Effect::PrepareWork);
                }
                if std::mem::take(&mut self.hurried) {
                    effects.extend(self.identified());
                }
                effects
            }
            // Only the clock is new: the person stays where they are.
            RecoveryAnswer::Flow(view) if matches!(call, RecoveryCall::Extend(_)) => {
                self.lives(view.expires_in);
                Vec::new()
            }
            RecoveryAnswer::Flow(view) => {
                let again = matches!((&self.screen, call), (Screen::Answer(_), RecoveryCall::Send(..)));
                let effects = self.follow(*view);
                self.resent = again && matches!(self.screen, Screen::Answer(_));
                effects
            }
            RecoveryAnswer::Link(link) => {
                self.intent = link.intent;
                self.show(Screen::Link(link));
                // What is switched on matters later; the link can be opened meanwhile.
                self.call(RecoveryCall::Describe)
            }
            RecoveryAnswer::Done(done) => {
                self.forget();
                self.identifier.clone_from(&done.identifier);
                let effects = vec![Effect::Done(done.intent.word(), done.identifier.clone())];
                self.show(Screen::Done(done));
                effects
            }
            RecoveryAnswer::Cancelled => Vec::new(),
        }
    }

    /// Shows what the flow waits for.
    fn follow(&mut self, view: FlowView) -> Vec<Effect> {
        if let Some(token) = view.flow {
            self.token = Some(token);
        }
        self.link = None;
        self.intent = view.intent;
        self.gate = (view.gate, view.gates);
        self.lives(view.expires_in);
        if view.identifier.is_some() {
            self.account = view.identifier;
        }
        if !view.methods.is_empty() {
            self.methods = view.methods;
        }
        match (view.state, view.challenge, view.policy) {
            (FlowState::Challenge, Some(challenge), _) => {
                self.challenge = Some(challenge.clone());
                self.show(Screen::Answer(challenge))
            }
            (FlowState::SetPassword, _, Some(policy)) => self.show(Screen::NewPassword(policy.into())),
            (FlowState::Unlock, ..) => {
                self.show(Screen::Unlock);
                self.unlock()
            }
            (FlowState::Choose, ..) if !self.methods.is_empty() => self.show(Screen::Choose),
            // A flow that is done without our doing, or without any way that this program knows.
            _ => {
                self.forget();
                self.show(Screen::Gone)
            }
        }
    }

    /// The flow lives for so many seconds from now.
    fn lives(&mut self, seconds: u32) {
        self.expires_in = Some(seconds);
        self.heard = self.heard.wrapping_add(1);
    }

    fn failed(&mut self, call: &RecoveryCall, failure: Failure) -> Vec<Effect> {
        let effects = vec![Effect::Error(failure.word())];
        let hurried = std::mem::take(&mut self.hurried);
        match (call, failure.code()) {
            // It is asked for again when the person goes on; until then there is nothing to say.
            (RecoveryCall::Describe, _) if !hurried => return Vec::new(),
            (RecoveryCall::LookAtLink(_) | RecoveryCall::OpenLink(_), Some(ProblemCode::FlowGone)) => {
                self.forget();
                self.show(Screen::LinkGone);
            }
            (_, Some(ProblemCode::FlowGone)) => {
                self.forget();
                self.show(Screen::Gone);
            }
            (RecoveryCall::Start(_), Some(ProblemCode::NotAllowed)) => {
                self.show(Screen::NotOffered);
            }
            (RecoveryCall::Start(_), Some(ProblemCode::CaptchaRequired)) => {
                self.refuse(Notice::CaptchaMissing);
            }
            (RecoveryCall::Send(..), Some(ProblemCode::ValueRejected)) => {
                self.refuse(Notice::NumberMissing);
            }
            (_, Some(ProblemCode::CodeIncorrect)) => {
                let left = match &failure {
                    Failure::Problem(problem) => problem.attempts_left.unwrap_or(1),
                    _ => 1,
                };
                if let (RecoveryCall::SetPassword(..), Some(challenge)) = (call, self.challenge.clone()) {
                    self.show(Screen::Answer(challenge));
                }
                self.refuse(Notice::Incorrect(left));
            }
            (_, Some(ProblemCode::PasswordRejected)) => {
                self.refuse(Notice::Rejected(failure.violations().to_vec()));
            }
            _ => {
                self.refuse(Notice::Failure(failure));
            }
        }
        effects
    }
}
