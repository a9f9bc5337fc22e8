//! Everything that a service call can end in besides success.

use crate::{
    breached::ListUnavailable, captcha::JudgeUnavailable, directory::DirectoryError, store::StoreError,
};
use sspr_core::{
    policy::Violation,
    wire::{FlowState, ProblemCode},
};

/// Why a call did not do what was asked. Each knows its code; the HTTP layer adds the rest.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SessionRequired,
    /// Signed in too long ago for this change.
    #[error("signed in too long ago for this change")]
    ReauthenticationRequired,
    /// User name or password is wrong.
    #[error("sign-in refused")]
    SignInFailed,
    /// The operation is switched off.
    #[error("switched off")]
    NotAllowed,
    /// A proof of being human is missing or wrong.
    #[error("captcha required")]
    CaptchaRequired,
    /// Whether the proof is good cannot be told.
    #[error(transparent)]
    CaptchaUnjudged(#[from] JudgeUnavailable),
    /// The policy forbids it for this signed-in person.
    #[error("forbidden by policy")]
    PolicyForbids,
    /// An id that this flow or person does not have.
    #[error("no such method")]
    MethodNotFound,
    /// The flow waits for something else.
    #[error("the flow waits for something else")]
    WrongState(FlowState),
    /// Removing it would leave fewer methods than the policy needs.
    #[error("the last methods the policy needs")]
    LastMethod,
    /// Somebody else changed it meanwhile.
    #[error("changed by somebody else meanwhile")]
    VersionConflict,
    /// Expired, used, cancelled or tried too often.
    #[error("the flow is gone")]
    FlowGone,
    /// The code or an answer is wrong, or its time is over.
    #[error("the code is incorrect")]
    CodeIncorrect {
        /// Wrong answers that the flow or enrollment still survives.
        attempts_left: u8,
    },
    /// The policy refuses the password.
    #[error("the password breaks {} rules", .0.len())]
    PasswordRejected(Vec<Violation>),
    /// The current password is wrong.
    #[error("the current password is wrong")]
    CurrentPasswordIncorrect,
    /// A value cannot be taken.
    #[error("the value at {pointer} cannot be taken")]
    ValueRejected {
        /// Where in the request it is, as a JSON pointer.
        pointer: &'static str,
    },
    /// The person already registered it.
    #[error("already registered")]
    ValueTaken,
    /// Too often.
    #[error("too often; again in {retry_after} s")]
    RateLimited {
        /// Seconds to wait, at least 1.
        retry_after: u32,
    },
    /// The directory does not answer.
    #[error("the directory is unavailable: {0}")]
    DirectoryUnavailable(String),
    /// The list of leaked passwords does not answer. Only who asks for the list itself hears of it.
    #[error(transparent)]
    BreachedList(#[from] ListUnavailable),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that the operating system or a library should never refuse (randomness, a cipher, a hash).
    #[error("internal: {0}")]
    Internal(&'static str),
}

impl Failure {
    /// The stable code on the wire.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::SessionRequired => ProblemCode::SessionRequired,
            Self::ReauthenticationRequired => ProblemCode::ReauthenticationRequired,
            Self::SignInFailed => ProblemCode::SignInFailed,
            Self::NotAllowed => ProblemCode::NotAllowed,
            Self::CaptchaRequired => ProblemCode::CaptchaRequired,
            Self::PolicyForbids => ProblemCode::PolicyForbids,
            Self::MethodNotFound => ProblemCode::MethodNotFound,
            Self::WrongState(_) => ProblemCode::WrongState,
            Self::LastMethod => ProblemCode::LastMethod,
            Self::VersionConflict => ProblemCode::VersionConflict,
            Self::FlowGone => ProblemCode::FlowGone,
            Self::CodeIncorrect { .. } => ProblemCode::CodeIncorrect,
            Self::PasswordRejected(_) => ProblemCode::PasswordRejected,
            Self::CurrentPasswordIncorrect => ProblemCode::CurrentPasswordIncorrect,
            Self::ValueRejected { .. } => ProblemCode::ValueRejected,
            Self::ValueTaken => ProblemCode::ValueTaken,
            Self::RateLimited { .. } => ProblemCode::RateLimited,
            Self::DirectoryUnavailable(_) => ProblemCode::DirectoryUnavailable,
            Self::BreachedList(_) => ProblemCode::BreachedListUnavailable,
            // Most often it cannot be reached, and soon can again; the log says more.
            Self::Store(_) | Self::CaptchaUnjudged(_) => ProblemCode::Overloaded,
            Self::Internal(_) => ProblemCode::Internal,
        }
    }
}

impl From<DirectoryError> for Failure {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Unavailable(why) => Self::DirectoryUnavailable(why),
            DirectoryError::Refused(violations) => Self::PasswordRejected(violations),
            DirectoryError::WrongPassword => Self::CurrentPasswordIncorrect,
            DirectoryError::NoSuchAccount => Self::FlowGone,
        }
    }
}
