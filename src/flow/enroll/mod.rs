//! The flow of `<sspr-enroll>`: registering, proving, confirming and removing the methods that a recovery needs.
//!
//! Pure: [`Enroll::step`] takes an [`Event`] and returns the next state with the [`Effect`]s to carry out. Files:
//! `step.rs` what an event of the person does, `answer.rs` what an answer of the backend does, `wizard.rs` what is
//! asked for next, and `check.rs` what is refused before anything is sent.

mod answer;
mod check;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties;
mod step;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod wizard;

pub use check::{MAX_LABEL, Mistake};

use crate::{
    backend::{AccountAnswer, Failure},
    flow::calls::{Calls, Effect, Outcome},
};
use sspr_core::{
    Secret,
    wire::{MethodKind, MethodList, MethodView, PhoneChannel, QuestionAnswer, SentCode, TotpSecret},
};

/// What is on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The first answer is awaited.
    Loading,
    /// The first answer did not come; it can be asked for again.
    Unreachable,
    /// Nobody is signed in.
    SignedOut,
    /// The wizard's first page: what is asked for and why.
    Welcome,
    /// "Is this still right?"
    StillRight,
    /// The registered methods.
    Methods,
    /// What to add.
    Choose,
    /// The form that adds a method of this kind.
    Form(MethodKind),
    /// A code is to be typed.
    Prove(Proving),
    /// Recovery codes, shown this once.
    RecoveryCodes(Vec<Secret>),
    /// A new name for the method of this id.
    Rename(String),
    /// Whether to remove the method of this id for good.
    Remove(String),
    /// The wizard's last page: what was set up.
    Finished,
}

/// A method that waits for its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proving {
    /// Which.
    pub method: MethodView,
    /// The code on its way, where one was sent.
    pub sent: Option<SentCode>,
    /// The authenticator app's secret, the one time that it is shown.
    pub totp: Option<TotpSecret>,
    /// How often a code was sent; a countdown starts anew with each.
    pub sends: u32,
}

/// What went wrong on this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Seen before anything was sent.
    Mistake(Mistake),
    /// What the backend said.
    Failure(Failure),
}

/// What went well, said once above the next screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// A method can be used from now on.
    Added,
    /// It has another name.
    Renamed,
    /// It is the default.
    MadeDefault,
    /// It is gone.
    Removed,
    /// Everything is still right.
    Confirmed,
    /// The code was sent again.
    Resent,
}

/// The flow's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enroll {
    /// What is on the screen.
    pub screen: Screen,
    /// The person's methods as last heard.
    pub list: Option<MethodList>,
    /// The first-time wizard is under way.
    pub wizard: bool,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Counts notices, so that the same one twice is announced twice.
    pub notices: u32,
    /// What went well.
    pub success: Option<Success>,
    /// Whose methods they are.
    identifier: Option<String>,
    /// Something was added since `list` was read.
    list_is_old: bool,
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
    /// Start the wizard.
    Begin,
    /// Put registering off.
    Skip,
    /// Leave the wizard's last page.
    Finish,
    /// Everything is still right.
    LooksGood,
    /// Something is to be changed.
    Edit,
    /// Choose what to add, or something else to add.
    Choose,
    /// Add a method of this kind.
    Pick(MethodKind),
    /// Add this e-mail address.
    Email(String),
    /// Add this number.
    Phone(String, PhoneChannel),
    /// Add an authenticator app under this name (may be empty).
    Totp(String),
    /// Make recovery codes.
    MakeCodes,
    /// The recovery codes are kept in a safe place (or the box was left empty).
    Saved(bool),
    /// Add these questions.
    Questions(Vec<QuestionAnswer>),
    /// Prove a method of the list that was not proved yet.
    ProveLater(String),
    /// The code that was typed.
    Code(Secret),
    /// Send the code again, by this channel where it is a phone.
    Resend(Option<PhoneChannel>),
    /// Make this method the default.
    MakeDefault(String),
    /// Open the form that renames this method.
    AskRename(String),
    /// The new name.
    Rename(String),
    /// Ask whether to remove this method.
    AskRemove(String),
    /// Yes, remove it.
    Remove,
    /// The password that was asked for.
    Password(Secret),
    /// Not this: one step back, or away from the password dialogue.
    Back,
}

impl Default for Enroll {
    fn default() -> Self {
        Self {
            screen: Screen::Loading,
            list: None,
            wizard: false,
            notice: None,
            notices: 0,
            success: None,
            identifier: None,
            list_is_old: false,
            calls: Calls::default(),
        }
    }
}

impl Enroll {
    /// Takes one event.
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = match event {
            Event::Answered { turn, result } => self.answer(turn, result),
            event => self.person(event),
        };
        (self, effects)
    }

    /// The step by the name that the page is told; the focus moves when it changes.
    pub fn step_name(&self) -> &'static str {
        if self.needs_proof() {
            return "reauthenticate";
        }
        match &self.screen {
            Screen::Loading => "loading",
            Screen::Unreachable => "unreachable",
            Screen::SignedOut => "signed-out",
            Screen::Welcome => "welcome",
            Screen::StillRight => "confirm",
            Screen::Methods => "methods",
            Screen::Choose => "choose",
            Screen::Form(kind) => kind.word(),
            Screen::Prove(_) => "verify",
            Screen::RecoveryCodes(_) => "codes",
            Screen::Rename(_) => "rename",
            Screen::Remove(_) => "remove",
            Screen::Finished => "finished",
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

    /// The method of this id, if the person still has it.
    pub fn method(&self, id: &str) -> Option<&MethodView> {
        self.list.as_ref()?.methods.iter().find(|method| method.id == id)
    }

    fn show(&mut self, screen: Screen) {
        self.screen = screen;
        self.notice = None;
        self.success = None;
    }

    fn done(&self, outcome: Outcome) -> Vec<Effect> {
        vec![Effect::Done { outcome, identifier: self.identifier.clone() }]
    }

    fn notice(&mut self, notice: Notice) {
        self.notice = Some(notice);
        self.notices = self.notices.wrapping_add(1);
        self.success = None;
    }
}
