//! A problem on its way to the client.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sspr_core::wire::{Problem, ProblemCode};
use sspr_service::Failure;
use std::fmt::Display;

/// The URI of a problem's type, without its code. A name, not an address (RFC 9457, section 3.1.1).
const TYPE_PREFIX: &str = "urn:sspr:problem:";

/// Seconds after which a client may ask again while we are overloaded: about what the longest queue takes.
const RETRY_WHEN_OVERLOADED: u32 = 5;

/// A refusal: a problem without its language, and its cause for the log.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    problem: Box<Problem>,
    cause: Option<String>,
}

impl Refusal {
    /// A refusal that its code says all about.
    pub(crate) fn new(code: ProblemCode) -> Self {
        let problem = Problem {
            kind: format!("{TYPE_PREFIX}{}", code.word()),
            title: title(code),
            status: code.status(),
            detail: None,
            code,
            retry_after: (code == ProblemCode::Overloaded).then_some(RETRY_WHEN_OVERLOADED),
            attempts_left: None,
            violations: Vec::new(),
            flow: None,
            state: None,
            pointer: None,
            request_id: None,
        };
        Self { problem: Box::new(problem), cause: None }
    }

    /// A body of the wrong shape, at a JSON pointer.
    pub(crate) fn malformed(pointer: String) -> Self {
        let mut refusal = Self::new(ProblemCode::Malformed);
        refusal.problem.pointer = Some(pointer);
        refusal
    }

    /// A path that exists, with a method that it does not take: `not-found` under the status that HTTP has for it.
    pub(crate) fn method_not_allowed() -> Self {
        let mut refusal = Self::new(ProblemCode::NotFound);
        refusal.problem.status = StatusCode::METHOD_NOT_ALLOWED.as_u16();
        refusal
    }

    /// A fault of ours.
    pub(crate) fn internal(cause: impl Display) -> Self {
        Self::new(ProblemCode::Internal).because(cause)
    }

    /// Adds what only the log may know.
    pub(crate) fn because(mut self, cause: impl Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Adds when to try again, in seconds.
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.problem.retry_after = Some(seconds);
        self
    }

    /// The problem so far.
    pub(crate) fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The problem, to complete it.
    pub(crate) fn into_problem(self) -> Problem {
        *self.problem
    }

    /// What only the log may know.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }
}

/// The code as a sentence: "Flow gone".
fn title(code: ProblemCode) -> String {
    let mut title = code.word().replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let mut refusal = Self::new(failure.code());
        if refusal.problem.status >= 500 {
            refusal.cause = Some(failure.to_string());
        }
        let problem = &mut refusal.problem;
        match failure {
            Failure::WrongState(state) => problem.state = Some(state),
            Failure::CodeIncorrect { attempts_left } => problem.attempts_left = Some(attempts_left),
            Failure::PasswordRejected(violations) => problem.violations = violations,
            Failure::ValueRejected { pointer } => problem.pointer = Some(pointer.to_owned()),
            Failure::RateLimited { retry_after } => problem.retry_after = Some(retry_after.max(1)),
            _ => {}
        }
        refusal
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), cause: None }
    }
}

impl IntoResponse for Refusal {
    /// The status alone; [`super::write_bodies`] completes it.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sspr_core::wire::FlowState;

    #[test]
    fn every_code_is_an_error_status_and_a_title() {
        for code in ProblemCode::ALL {
            let problem = Refusal::new(*code).into_problem();
            assert!((400..600).contains(&problem.status), "{code:?}");
            assert!(problem.kind.ends_with(code.word()) && problem.title.starts_with(char::is_uppercase));
        }
    }

    #[test]
    fn a_failure_brings_its_particulars() {
        let problem = Refusal::from(Failure::WrongState(FlowState::Choose)).into_problem();
        assert_eq!((problem.status, problem.state), (409, Some(FlowState::Choose)));
        let problem = Refusal::from(Failure::RateLimited { retry_after: 0 }).into_problem();
        assert_eq!(problem.retry_after, Some(1), "a client must never be told to hammer");
    }

    #[test]
    fn what_broke_is_for_the_log_alone() {
        let refusal = Refusal::from(Failure::DirectoryUnavailable("ldap1 refused".to_owned()));
        assert!(refusal.cause().is_some_and(|cause| cause.contains("ldap1")));
        assert!(!serde_json::to_string(&refusal.into_problem()).expect("JSON").contains("ldap1"));
    }
}
