//! The flow of `<sspr-admin>`: an administrator sees and changes the policy, reads reports, and looks people up.
//!
//! Pure, like the other flows: [`Admin::step`] takes an [`Event`] and returns the next state and the [`Effect`]s.

mod draft;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use draft::{Field, changed, lines, wrong};

use crate::{
    backend::{AdminAnswer, AdminCall, Failure},
    flow::calls::{Arrival, Calls, Request},
};
use sspr_core::{
    Secret,
    wire::{AdminPolicy, AdminReport, ChangePolicy, LookUp, LookedUp, PolicyValues, ProblemCode},
};
use std::rc::Rc;

/// Days of a report unless the administrator says otherwise.
const DAYS: u32 = 30;

/// What is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The first answer is awaited.
    #[default]
    Loading,
    /// The first answer did not come; it can be asked for again.
    Unreachable,
    /// Nobody is signed in.
    SignedOut,
    /// Whoever is signed in is no administrator.
    Forbidden,
    /// The panel.
    Panel,
}

/// The panel's parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Who may reset, and by what.
    #[default]
    Policy,
    /// What became of those who tried.
    Reports,
    /// Why one person could not.
    LookUp,
}

/// What is to be said on this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The policy is changed.
    Saved,
    /// Somebody else changed it meanwhile; what the administrator typed is laid over the new state.
    Conflict,
    /// Nobody is named to look up.
    NobodyNamed,
    /// The password that the dialogue asks for was left empty.
    ProofMissing,
    /// It is wrong.
    ProofWrong,
    /// Anything else the backend said.
    Failure(Failure),
}

/// What the flow wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make a call and bring its answer back to the flow.
    Call(Request<AdminCall>),
    /// Tell the page, by a code, that it cannot go on.
    Error(&'static str),
}

/// What happens to the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The element appeared, or is to try again from the start.
    Open,
    /// An answer to [`Effect::Call`].
    Answered {
        /// [`Request::turn`].
        turn: u32,
        /// What came.
        result: Result<AdminAnswer, Failure>,
    },
    /// Another part of the panel.
    Show(Part),
    /// The policy's form as it stands.
    Edit(PolicyValues),
    /// Put the form's policy in force.
    Save,
    /// The form as it was.
    Undo,
    /// A report of so many days.
    Days(u32),
    /// Who could not reset?
    LookUp(String),
    /// The password that was asked for.
    Password(Secret),
    /// Away from the password dialogue.
    Back,
}

/// The flow's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// What is on the screen.
    pub screen: Screen,
    /// Which part of the panel.
    pub part: Part,
    /// The policy as the backend has it.
    pub policy: Option<Rc<AdminPolicy>>,
    /// The policy as the form has it.
    pub draft: Option<Rc<PolicyValues>>,
    /// Counts how often the form was filled by somebody else than the administrator.
    pub fillings: u32,
    /// Fields that cannot be saved as they are.
    pub wrong: Vec<Field>,
    /// Days of the report.
    pub days: u32,
    /// The report.
    pub report: Option<Rc<AdminReport>>,
    /// Who was asked for last.
    pub asked: String,
    /// What stands in their way.
    pub found: Option<Rc<LookedUp>>,
    /// What is to be said.
    pub notice: Option<Notice>,
    /// Counts notices, so that the same one twice is announced twice.
    pub notices: u32,
    calls: Calls<AdminCall>,
}

impl Default for Admin {
    fn default() -> Self {
        Self {
            screen: Screen::Loading,
            part: Part::Policy,
            policy: None,
            draft: None,
            fillings: 0,
            wrong: Vec::new(),
            days: DAYS,
            report: None,
            asked: String::new(),
            found: None,
            notice: None,
            notices: 0,
            calls: Calls::default(),
        }
    }
}

impl Admin {
    /// Takes one event.
    pub fn step(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = match (self.screen, event) {
            (_, Event::Answered { turn, result }) => self.answer(turn, result),
            (Screen::Panel, Event::Open) => Vec::new(),
            (_, Event::Open) => {
                let effects = self.call(AdminCall::Session);
                if !effects.is_empty() {
                    self.screen = Screen::Loading;
                }
                effects
            }
            (_, Event::Back) => self.back(),
            (_, Event::Password(password)) if self.needs_proof() && !self.is_busy() => {
                if password.is_empty() { self.refuse(Notice::ProofMissing) } else { self.prove(password) }
            }
            (Screen::Panel, event) if !self.needs_proof() => self.panel(event),
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
            Screen::Forbidden => "forbidden",
            Screen::Panel => "panel",
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

    /// The fields in which the form differs from what is in force.
    pub fn changes(&self) -> Vec<Field> {
        match (&self.policy, &self.draft) {
            (Some(policy), Some(draft)) => changed(&policy.values, draft),
            _ => Vec::new(),
        }
    }

    fn panel(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Show(part) => {
                self.part = part;
                self.notice = None;
                if part == Part::Reports && self.report.is_none() {
                    return self.call(AdminCall::Report(self.days));
                }
            }
            Event::Edit(values) => {
                // A field that was wrong and is put right says so at once; others wait for the next attempt to save.
                let now = self.policy.as_ref().map(|it| wrong(&values, &it.available_methods));
                self.wrong.retain(|field| now.as_ref().is_some_and(|now| now.contains(field)));
                self.draft = Some(Rc::new(values));
                if matches!(self.notice, Some(Notice::Saved)) {
                    self.notice = None;
                }
            }
            Event::Undo => {
                self.notice = None;
                self.fill(self.policy.as_ref().map(|policy| Rc::new(policy.values.clone())));
            }
            Event::Save => return self.save(),
            Event::Days(days) if !self.is_busy() => {
                self.days = days;
                return self.call(AdminCall::Report(days));
            }
            Event::LookUp(identifier) if !self.is_busy() => {
                self.found = None;
                self.asked = identifier.trim().to_owned();
                if self.asked.is_empty() {
                    return self.refuse(Notice::NobodyNamed);
                }
                return self.call(AdminCall::LookUp(LookUp { identifier: self.asked.clone() }));
            }
            _ => {}
        }
        Vec::new()
    }

    fn save(&mut self) -> Vec<Effect> {
        let (Some(policy), Some(draft)) = (&self.policy, &self.draft) else { return Vec::new() };
        if self.changes().is_empty() || self.is_busy() {
            return Vec::new();
        }
        self.wrong = wrong(draft, &policy.available_methods);
        if !self.wrong.is_empty() {
            self.notice = None;
            self.notices = self.notices.wrapping_add(1);
            return Vec::new();
        }
        let change = ChangePolicy { version: policy.version, values: draft.as_ref().clone() };
        self.call(AdminCall::ChangePolicy(change))
    }

    fn back(&mut self) -> Vec<Effect> {
        if self.needs_proof() {
            self.calls.give_up();
            self.notice = None;
        }
        Vec::new()
    }

    fn answer(&mut self, turn: u32, result: Result<AdminAnswer, Failure>) -> Vec<Effect> {
        match self.calls.arrived(turn, result) {
            Arrival::Stale => Vec::new(),
            Arrival::Answer(call, answer) => self.answered(&call, answer),
            Arrival::Failed(call, failure) => self.failed(&call, failure),
            Arrival::ProofNeeded => {
                self.notice = None;
                Vec::new()
            }
            Arrival::Repeat(request) => self.sent(request),
            Arrival::ProofFailed(failure) => {
                let wrong = failure.code() == Some(ProblemCode::CurrentPasswordIncorrect);
                self.refuse(if wrong { Notice::ProofWrong } else { Notice::Failure(failure) })
            }
            Arrival::SignedOut => self.leave(Screen::SignedOut, ProblemCode::SessionRequired),
        }
    }

    fn answered(&mut self, call: &AdminCall, answer: AdminAnswer) -> Vec<Effect> {
        match answer {
            AdminAnswer::Session(session) if session.signed_in => self.call(AdminCall::Policy),
            AdminAnswer::Session(_) => self.leave(Screen::SignedOut, ProblemCode::SessionRequired),
            AdminAnswer::Policy(policy) => {
                self.take(policy);
                if matches!(call, AdminCall::ChangePolicy(_)) {
                    // The report counts by the policy.
                    self.report = None;
                    return self.refuse(Notice::Saved);
                }
                Vec::new()
            }
            AdminAnswer::Report(report) => {
                self.report = Some(Rc::new(report));
                Vec::new()
            }
            AdminAnswer::Found(found) => {
                self.found = Some(Rc::new(found));
                Vec::new()
            }
        }
    }

    /// What is in force now. What the administrator changed before stays changed where a conflict brought it.
    fn take(&mut self, policy: AdminPolicy) {
        let draft = match (&self.notice, &self.policy, &self.draft) {
            (Some(Notice::Conflict), Some(old), Some(draft)) => {
                draft::laid_over(&policy.values, &old.values, draft)
            }
            _ => policy.values.clone(),
        };
        self.policy = Some(Rc::new(policy));
        self.fill(Some(Rc::new(draft)));
        self.screen = Screen::Panel;
    }

    fn fill(&mut self, draft: Option<Rc<PolicyValues>>) {
        self.draft = draft;
        self.wrong.clear();
        self.fillings = self.fillings.wrapping_add(1);
    }

    fn failed(&mut self, call: &AdminCall, failure: Failure) -> Vec<Effect> {
        let code = failure.code();
        if code == Some(ProblemCode::PolicyForbids) {
            return self.leave(Screen::Forbidden, ProblemCode::PolicyForbids);
        }
        match call {
            AdminCall::ChangePolicy(_) if code == Some(ProblemCode::VersionConflict) => {
                let effects = self.call(AdminCall::Policy);
                self.refuse(Notice::Conflict);
                effects
            }
            AdminCall::ChangePolicy(_) => {
                self.wrong = draft::refused(&failure).into_iter().collect();
                self.refuse(Notice::Failure(failure))
            }
            AdminCall::Session | AdminCall::Policy if self.screen != Screen::Panel => {
                self.screen = Screen::Unreachable;
                let told = vec![Effect::Error(failure.word())];
                self.refuse(Notice::Failure(failure));
                told
            }
            _ => self.refuse(Notice::Failure(failure)),
        }
    }

    /// Nothing of the panel stays behind.
    fn leave(&mut self, screen: Screen, code: ProblemCode) -> Vec<Effect> {
        let (notices, calls) = (self.notices, std::mem::take(&mut self.calls));
        *self = Self { screen, notices, calls, ..Self::default() };
        vec![Effect::Error(code.word())]
    }

    fn call(&mut self, call: AdminCall) -> Vec<Effect> {
        self.calls.start(call).map(|request| self.sent(request)).unwrap_or_default()
    }

    fn prove(&mut self, password: Secret) -> Vec<Effect> {
        self.calls.prove(password).map(|request| self.sent(request)).unwrap_or_default()
    }

    fn sent(&mut self, request: Request<AdminCall>) -> Vec<Effect> {
        self.notice = None;
        vec![Effect::Call(request)]
    }

    fn refuse(&mut self, notice: Notice) -> Vec<Effect> {
        self.notice = Some(notice);
        self.notices = self.notices.wrapping_add(1);
        Vec::new()
    }
}
