//! Why a call brought no answer.

use sspr_core::{
    policy::Violation,
    wire::{Problem, ProblemCode},
};

/// Why a call brought no answer. Never turned into a sentence before the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The backend said what is wrong.
    Problem(Box<Problem>),
    /// The browser could not reach it: offline, refused, blocked.
    Lost,
    /// It did not answer in time.
    TimedOut,
    /// It answered something that this program does not understand: a proxy's page, cut or wrong JSON.
    Unreadable,
    /// It answered with a server's error and no problem.
    Broken {
        /// Seconds after which it asks to be tried again, where it says so.
        retry_after: Option<u32>,
    },
}

impl Failure {
    /// The code of a problem.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }

    /// The rules that a refused password breaks.
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Problem(problem) => &problem.violations,
            _ => &[],
        }
    }

    /// Seconds to wait before trying again.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Problem(problem) => problem.retry_after,
            Self::Broken { retry_after } => *retry_after,
            _ => None,
        }
    }

    /// What to quote to the helpdesk.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => problem.request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the backend may have acted: the same call must then be repeated with the same key.
    pub fn is_unanswered(&self) -> bool {
        match self {
            Self::Problem(problem) => problem.status >= 500 || problem.code == ProblemCode::InProgress,
            _ => true,
        }
    }

    /// A stable word for the page.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Problem(problem) => problem.code.word(),
            Self::Lost => "network",
            Self::TimedOut => "timeout",
            Self::Unreadable => "unreadable",
            Self::Broken { .. } => "server",
        }
    }

    /// An answer of another shape than was asked for.
    pub fn unreadable() -> Self {
        Self::Unreadable
    }

    /// No answer.
    pub fn lost() -> Self {
        Self::Lost
    }

    /// A problem that is no more than its code.
    pub fn of_code(code: ProblemCode) -> Self {
        Self::Problem(Box::new(Problem {
            kind: String::new(),
            title: String::new(),
            status: code.status(),
            detail: None,
            code,
            retry_after: None,
            attempts_left: None,
            violations: Vec::new(),
            flow: None,
            state: None,
            pointer: None,
            request_id: None,
        }))
    }

    /// A password refused for breaking these rules.
    pub fn rejected(violations: Vec<Violation>) -> Self {
        let mut failure = Self::of_code(ProblemCode::PasswordRejected);
        if let Self::Problem(problem) = &mut failure {
            problem.violations = violations;
        }
        failure
    }
}
