//! What an event of the person does.

use super::{Effect, Event, Notice, Reset, Screen};
use crate::backend::RecoveryCall;
use sspr_core::{
    Secret, policy,
    wire::{Intent, LinkToken, SendChallenge, SetPassword, StartRecovery, VerifyChallenge},
};

impl Reset {
    /// Takes one event.
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = match event {
            Event::Answered { turn, result } => self.answered(turn, result),
            Event::Captcha { turn, proof } => self.proved(turn, proof),
            Event::Back => self.back(),
            Event::Cancel => self.cancel(),
            Event::Expired => self.expired(),
            // Pressing twice does nothing.
            _ if self.is_busy() => Vec::new(),
            event => self.acted(event),
        };
        (self, effects)
    }

    fn acted(&mut self, event: Event) -> Vec<Effect> {
        match (&self.screen, event) {
            (Screen::CheckingLink, Event::Open | Event::OpenLink) => self.look_at_link(),
            (Screen::Identify, Event::Open) => self.call(RecoveryCall::Describe),
            (Screen::Identify, Event::Identify(identifier)) => self.identify(&identifier),
            (Screen::Reason, Event::Reason(intent)) => {
                self.intent = intent;
                self.start()
            }
            (Screen::Choose, Event::Pick(method)) => self.pick(method),
            (Screen::Number(option), Event::Number(number)) => {
                let method = option.id.clone();
                if number.expose().trim().is_empty() {
                    self.refuse(Notice::NumberMissing)
                } else {
                    self.send(method, Some(number))
                }
            }
            (Screen::Number(_), Event::OtherMethod) if self.has_other_method() => self.show(Screen::Choose),
            (Screen::Answer(challenge), Event::Resend) if challenge.kind.is_sent() => {
                let method = challenge.method.clone();
                self.send(method, None)
            }
            (Screen::Answer(_), Event::Code(code)) => {
                if code.expose().trim().is_empty() {
                    self.refuse(Notice::CodeMissing)
                } else {
                    self.verify(Some(code), Vec::new())
                }
            }
            (Screen::Answer(_), Event::Answers(answers)) => {
                if answers.is_empty() || answers.iter().any(|it| it.answer.expose().trim().is_empty()) {
                    self.refuse(Notice::AnswersMissing)
                } else {
                    self.verify(None, answers)
                }
            }
            (Screen::Answer(_), Event::OtherMethod) if self.has_other_method() => self.show(Screen::Choose),
            (Screen::NewPassword(_), Event::Password(password, end)) => self.set_password(password, end),
            (Screen::Unlock, Event::Unlock) => self.unlock(),
            (_, Event::MoreTime) if self.token.is_some() => self.with_token(RecoveryCall::Extend),
            (Screen::Link(_), Event::OpenLink) => self.open_link(),
            (Screen::Gone | Screen::LinkGone | Screen::NotOffered | Screen::Done(_), Event::Restart) => {
                self.restart()
            }
            _ => Vec::new(),
        }
    }

    fn identify(&mut self, identifier: &str) -> Vec<Effect> {
        self.identifier = identifier.trim().to_owned();
        if self.identifier.is_empty() {
            return self.refuse(Notice::IdentifierMissing);
        }
        match &self.description {
            // What is switched on decides the next screen, so it is waited for.
            None => {
                self.hurried = true;
                if self.calls.runs_describe() { Vec::new() } else { self.call(RecoveryCall::Describe) }
            }
            Some(_) => self.identified(),
        }
    }

    /// The identifier is there and so is the description.
    pub(super) fn identified(&mut self) -> Vec<Effect> {
        let features = self.description.as_ref().map(|it| it.features).unwrap_or_default();
        match (features.reset, features.unlock) {
            (true, true) => self.show(Screen::Reason),
            (true, false) => {
                self.intent = Intent::Reset;
                self.start()
            }
            (false, true) => {
                self.intent = Intent::Unlock;
                self.start()
            }
            (false, false) => self.show(Screen::NotOffered),
        }
    }

    fn start(&mut self) -> Vec<Effect> {
        let asks = self.description.as_ref().is_some_and(|it| it.captcha.is_some());
        if !asks {
            return self.start_with(None);
        }
        self.notice = None;
        self.calls.ask().map(Effect::Captcha).into_iter().collect()
    }

    /// The page has proved that a person is there, or could not. A proof is good for one request.
    fn proved(&mut self, turn: u32, proof: Option<String>) -> Vec<Effect> {
        match proof {
            _ if !self.calls.proof_arrived(turn) => Vec::new(),
            Some(proof) => self.start_with(Some(proof)),
            None => self.refuse(Notice::CaptchaMissing),
        }
    }

    fn start_with(&mut self, captcha: Option<String>) -> Vec<Effect> {
        self.call(RecoveryCall::Start(StartRecovery {
            identifier: self.identifier.clone(),
            intent: self.intent,
            locale: self.locale.clone(),
            page: self.page.clone(),
            captcha,
        }))
    }

    fn pick(&mut self, method: String) -> Vec<Effect> {
        match self.methods.iter().find(|it| it.id == method && it.number).cloned() {
            Some(option) => self.show(Screen::Number(option)),
            None => self.send(method, None),
        }
    }

    fn send(&mut self, method: String, number: Option<Secret>) -> Vec<Effect> {
        self.resent = false;
        self.with_token(|token| RecoveryCall::Send(token, SendChallenge { method, number }))
    }

    fn verify(&mut self, code: Option<Secret>, answers: Vec<sspr_core::wire::QuestionAnswer>) -> Vec<Effect> {
        let Screen::Answer(challenge) = &self.screen else { return Vec::new() };
        let challenge = challenge.id.clone();
        self.with_token(|token| RecoveryCall::Verify(token, VerifyChallenge { challenge, code, answers }))
    }

    /// What the browser can decide is decided here, by the code that the server runs as well.
    fn set_password(&mut self, new_password: Secret, end_other_sessions: bool) -> Vec<Effect> {
        let Screen::NewPassword(policy) = &self.screen else { return Vec::new() };
        if new_password.is_empty() {
            return self.refuse(Notice::PasswordMissing);
        }
        let broken = policy::violations(policy, new_password.expose(), policy::Known::default());
        if !broken.is_empty() {
            return self.refuse(Notice::Rejected(broken));
        }
        self.with_token(|token| {
            RecoveryCall::SetPassword(token, SetPassword { new_password, end_other_sessions })
        })
    }

    pub(super) fn unlock(&mut self) -> Vec<Effect> {
        self.with_token(RecoveryCall::Unlock)
    }

    fn look_at_link(&mut self) -> Vec<Effect> {
        match self.link.clone() {
            Some(link_token) => self.call(RecoveryCall::LookAtLink(LinkToken { link_token })),
            None => self.show(Screen::LinkGone),
        }
    }

    fn open_link(&mut self) -> Vec<Effect> {
        match self.link.clone() {
            Some(link_token) => self.call(RecoveryCall::OpenLink(LinkToken { link_token })),
            None => self.show(Screen::LinkGone),
        }
    }

    fn back(&mut self) -> Vec<Effect> {
        match &self.screen {
            // Nothing is undone by going back while an answer is on its way: it is no longer waited for.
            Screen::Reason => {
                self.hurried = false;
                self.calls.give_up();
                self.show(Screen::Identify)
            }
            Screen::Choose if self.gate.0 <= 1 => {
                let effects = self.drop_flow();
                self.forget();
                self.screen = Screen::Identify;
                effects
            }
            Screen::Answer(_) | Screen::Number(_) => {
                self.calls.give_up();
                self.show(Screen::Choose)
            }
            Screen::Identify | Screen::Link(_) | Screen::CheckingLink => {
                self.hurried = false;
                self.calls.give_up();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn cancel(&mut self) -> Vec<Effect> {
        if matches!(self.screen, Screen::Done(_)) {
            return Vec::new();
        }
        let mut effects = self.drop_flow();
        self.forget();
        self.screen = Screen::Identify;
        effects.push(Effect::Cancelled);
        effects.extend(self.describe_if_needed());
        effects
    }

    fn expired(&mut self) -> Vec<Effect> {
        // A call that is on its way may still win against the clock.
        if self.token.is_none()
            || self.calls.is_running()
            || matches!(self.screen, Screen::Done(_) | Screen::Gone)
        {
            return Vec::new();
        }
        self.forget();
        self.show(Screen::Gone)
    }

    fn restart(&mut self) -> Vec<Effect> {
        self.forget();
        self.screen = Screen::Identify;
        self.describe_if_needed()
    }

    fn describe_if_needed(&mut self) -> Vec<Effect> {
        match self.description {
            Some(_) => Vec::new(),
            None => self.call(RecoveryCall::Describe),
        }
    }

    /// Tells the backend that the flow is no longer wanted.
    fn drop_flow(&mut self) -> Vec<Effect> {
        let Some(token) = self.token.take() else { return Vec::new() };
        vec![Effect::Forget(self.calls.aside(RecoveryCall::Cancel(token)))]
    }

    pub(super) fn show(&mut self, screen: Screen) -> Vec<Effect> {
        self.screen = screen;
        self.notice = None;
        self.resent = false;
        Vec::new()
    }

    fn with_token(&mut self, call: impl FnOnce(Secret) -> RecoveryCall) -> Vec<Effect> {
        match self.token.clone() {
            Some(token) => self.call(call(token)),
            None => self.show(Screen::Gone),
        }
    }

    pub(super) fn call(&mut self, call: RecoveryCall) -> Vec<Effect> {
        let Some(request) = self.calls.start(call) else { return Vec::new() };
        self.notice = None;
        vec![Effect::Call(request)]
    }
}
