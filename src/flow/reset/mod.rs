//! The flow of `<sspr-reset>`: a person who cannot sign in proves who they are and sets a new password or unlocks.
//!
//! Pure: [`Reset::step`] takes an [`Event`] and returns the next state with the [`Effect`]s to carry out. Files:
//! `step.rs` what an event of the person does, `answer.rs` what an answer of the backend does, `calls.rs` which answer
//! is awaited.

mod answer;
mod calls;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties;
mod step;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use calls::Request;

use crate::backend::{Failure, RecoveryAnswer};
use calls::Calls;
use sspr_core::{
    Secret,
    policy::{PasswordPolicy, Violation},
    wire::{
        Captcha, Challenge, ChallengeKind, Description, Intent, LinkView, MethodOption, QuestionAnswer,
        RecoveryDone,
    },
};
use std::rc::Rc;

/// What is on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Who are you?
    Identify,
    /// Forgotten, or known but locked out?
    Reason,
    /// How to prove it at this gate.
    Choose,
    /// The whole number, before something is sent to this option's phone.
    Number(MethodOption),
    /// The code or the answers.
    Answer(Challenge),
    /// The new password.
    NewPassword(Rc<PasswordPolicy>),
    /// The account is being unlocked.
    Unlock,
    /// A mailed link opened the page; it is looked at.
    CheckingLink,
    /// The mailed link is good.
    Link(LinkView),
    /// It is finished.
    Done(RecoveryDone),
    /// The recovery has ended without a result: start again.
    Gone,
    /// The mailed link is dead.
    LinkGone,
    /// This backend does not offer it.
    NotOffered,
}

/// What went wrong on this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The identifier was left empty.
    IdentifierMissing,
    /// The number was left empty, or is none.
    NumberMissing,
    /// The code was left empty.
    CodeMissing,
    /// An answer was left empty.
    AnswersMissing,
    /// The password was left empty.
    PasswordMissing,
    /// The code or an answer is wrong; so many tries are left.
    Incorrect(u8),
    /// The new password breaks these rules.
    Rejected(Vec<Violation>),
    /// The page's proof of being human did not come.
    CaptchaMissing,
    /// Anything else the backend said.
    Failure(Failure),
}

/// The flow's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// What is on the screen.
    pub screen: Screen,
    /// What the person typed, or the page knew.
    pub identifier: String,
    /// Why they are here.
    pub intent: Intent,
    /// What the backend has switched on, once it said so.
    pub description: Option<Description>,
    /// Ways to pass this gate.
    pub methods: Vec<MethodOption>,
    /// The gate to pass, from 1, of so many.
    pub gate: (u8, u8),
    /// Seconds that the flow lived when it was last heard of.
    pub expires_in: Option<u32>,
    /// Counts answers of the flow; a countdown starts anew with each.
    pub heard: u32,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Counts notices, so that the same one twice is announced twice.
    pub notices: u32,
    /// The code was sent again.
    pub resent: bool,
    /// Whose account it is, once every gate is passed.
    pub account: Option<String>,
    /// What was answered last: some backends say only with the password that the answer was wrong.
    challenge: Option<Challenge>,
    locale: Option<String>,
    page: Option<String>,
    token: Option<Secret>,
    link: Option<Secret>,
    /// The identifier was sent while the description was still awaited.
    hurried: bool,
    calls: Calls,
}

/// What happens to the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The element appeared.
    Open,
    /// An answer to [`Effect::Call`].
    Answered {
        /// [`Request::turn`].
        turn: u32,
        /// What came.
        result: Result<RecoveryAnswer, Failure>,
    },
    /// The identifier.
    Identify(String),
    /// An answer to [`Effect::Captcha`].
    Captcha {
        /// The effect's turn.
        turn: u32,
        /// The page's proof of being human; `None` where it has none.
        proof: Option<String>,
    },
    /// Why they are here.
    Reason(Intent),
    /// Prove it by this method.
    Pick(String),
    /// The whole number of the phone.
    Number(Secret),
    /// Send the code again.
    Resend,
    /// The code.
    Code(Secret),
    /// The answers.
    Answers(Vec<QuestionAnswer>),
    /// The new password, and whether other sessions shall end.
    Password(Secret, bool),
    /// Go on with the mailed link.
    OpenLink,
    /// Unlock again, after a failure.
    Unlock,
    /// Prove it another way.
    OtherMethod,
    /// One step back.
    Back,
    /// Give up.
    Cancel,
    /// More time, please.
    MoreTime,
    /// The flow's time is over.
    Expired,
    /// From the beginning, with what was typed.
    Restart,
}

/// What the flow wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make a call and bring its answer back as [`Event::Answered`].
    Call(Request),
    /// Make a call whose answer nobody waits for.
    Forget(Request),
    /// The proof will be work of the browser: begin when the person does.
    PrepareWork,
    /// Ask the page for its proof of being human and bring it back as [`Event::Captcha`] with this turn, so that a
    /// proof that nobody waits for any more is known and dropped.
    Captcha(u32),
    /// Tell the page that it is finished, with the outcome and the identifier.
    Done(&'static str, String),
    /// Tell the page that the person gave up.
    Cancelled,
    /// Tell the page that it cannot go on.
    Error(&'static str),
}

impl Reset {
    /// The state before anything happened.
    pub fn new(identifier: &str, link: Option<Secret>, locale: Option<String>, page: Option<String>) -> Self {
        Self {
            screen: if link.is_some() { Screen::CheckingLink } else { Screen::Identify },
            identifier: identifier.to_owned(),
            intent: Intent::Reset,
            description: None,
            methods: Vec::new(),
            gate: (1, 1),
            expires_in: None,
            heard: 0,
            notice: None,
            notices: 0,
            resent: false,
            account: None,
            challenge: None,
            locale,
            page,
            token: None,
            link,
            hurried: false,
            calls: Calls::default(),
        }
    }

    /// Whether an answer is awaited that the person waits for.
    pub fn is_busy(&self) -> bool {
        self.hurried || self.calls.is_running() && !self.calls.runs_describe()
    }

    /// Whether the backend asks for work of the browser.
    pub fn wants_work(&self) -> bool {
        let captcha = self.description.as_ref().and_then(|it| it.captcha.as_ref());
        captcha.is_some_and(|it| it.provider == Captcha::WORK)
    }

    /// Whether another way than the one being answered can be chosen.
    pub fn has_other_method(&self) -> bool {
        self.methods.len() > 1
    }

    /// The step by the name that the page is told; changes exactly when the focus has to move.
    pub fn step_name(&self) -> &'static str {
        match &self.screen {
            Screen::Identify => "identify",
            Screen::Reason => "reason",
            Screen::Choose if self.gate.0 > 1 => "choose-second",
            Screen::Choose => "choose",
            Screen::Number(_) => "number",
            Screen::Answer(challenge) if challenge.kind == ChallengeKind::Questions => "questions",
            Screen::Answer(_) => "code",
            Screen::NewPassword(_) => "new-password",
            Screen::Unlock => "unlock",
            Screen::CheckingLink => "checking-link",
            Screen::Link(_) => "link",
            Screen::Done(_) => "done",
            Screen::Gone => "gone",
            Screen::LinkGone => "link-gone",
            Screen::NotOffered => "not-offered",
        }
    }

    fn refuse(&mut self, notice: Notice) -> Vec<Effect> {
        self.notice = Some(notice);
        self.notices = self.notices.wrapping_add(1);
        self.resent = false;
        Vec::new()
    }

    /// Forgets the recovery, keeping what the person typed at the beginning.
    fn forget(&mut self) {
        self.token = None;
        self.link = None;
        self.methods = Vec::new();
        self.gate = (1, 1);
        self.expires_in = None;
        self.account = None;
        self.challenge = None;
        self.resent = false;
        self.hurried = false;
        self.notice = None;
        self.calls.give_up();
    }
}
