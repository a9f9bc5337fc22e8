//! Errors on the wire: `application/problem+json` (RFC 9457) with a stable `code`.

use super::{FlowState, wire, words};
use crate::{Secret, policy::Violation};

words! {
    /// Everything that can go wrong, by the name that never changes. [`ProblemCode::status`] gives the status.
    pub enum ProblemCode {
        /// Not JSON, or of the wrong shape.
        Malformed = "malformed",
        /// Nobody is signed in.
        SessionRequired = "session-required",
        /// Signed in too long ago for this change.
        ReauthenticationRequired = "reauthentication-required",
        /// User name or password is wrong; says nothing about which.
        SignInFailed = "sign-in-failed",
        /// The operation is switched off.
        NotAllowed = "not-allowed",
        /// A foreign origin, or a missing or wrong CSRF token.
        Csrf = "csrf",
        /// Prove being human first.
        CaptchaRequired = "captcha-required",
        /// The policy forbids it for this account. Only ever said to somebody who is signed in.
        PolicyForbids = "policy-forbids",
        /// No such path or method.
        NotFound = "not-found",
        /// An id that this flow or person does not have.
        MethodNotFound = "method-not-found",
        /// The flow waits for something else.
        WrongState = "wrong-state",
        /// The first request with this idempotency key still runs.
        InProgress = "in-progress",
        /// Removing it would leave fewer methods than the policy needs.
        LastMethod = "last-method",
        /// Somebody else changed it meanwhile: read it again. Only said to administrators.
        VersionConflict = "version-conflict",
        /// Expired, used, cancelled or tried too often: start again. It never says which.
        FlowGone = "flow-gone",
        /// The body is larger than 16 KiB.
        TooLarge = "too-large",
        /// The body is not JSON by its content type.
        UnsupportedMediaType = "unsupported-media-type",
        /// The code or an answer is wrong, or its time is over.
        CodeIncorrect = "code-incorrect",
        /// The policy refuses the password, rule by rule.
        PasswordRejected = "password-rejected",
        /// The current password is wrong.
        CurrentPasswordIncorrect = "current-password-incorrect",
        /// An address, number, label or answer cannot be taken.
        ValueRejected = "value-rejected",
        /// The person already registered it.
        ValueTaken = "value-taken",
        /// The same idempotency key came with another body.
        IdempotencyKeyReused = "idempotency-key-reused",
        /// Too often: `retry_after` says when again.
        RateLimited = "rate-limited",
        /// A fault of ours.
        Internal = "internal",
        /// The directory that holds the passwords does not answer.
        DirectoryUnavailable = "directory-unavailable",
        /// The list of leaked passwords does not answer. Only said to who asks for the list.
        BreachedListUnavailable = "breached-list-unavailable",
        /// Messages cannot be accepted now.
        DeliveryUnavailable = "delivery-unavailable",
        /// Too busy, or shutting down.
        Overloaded = "overloaded",
    }
}

impl ProblemCode {
    /// The HTTP status that carries this code.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SessionRequired | Self::ReauthenticationRequired | Self::SignInFailed => 401,
            Self::NotAllowed | Self::Csrf | Self::CaptchaRequired | Self::PolicyForbids => 403,
            Self::NotFound | Self::MethodNotFound => 404,
            Self::WrongState | Self::InProgress | Self::LastMethod | Self::VersionConflict => 409,
            Self::FlowGone => 410,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::CodeIncorrect
            | Self::PasswordRejected
            | Self::CurrentPasswordIncorrect
            | Self::ValueRejected
            | Self::ValueTaken
            | Self::IdempotencyKeyReused => 422,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::DirectoryUnavailable | Self::BreachedListUnavailable => 502,
            Self::DeliveryUnavailable | Self::Overloaded => 503,
        }
    }
}

wire! {
    /// A problem, with the extensions that its code calls for.
    pub struct Problem {
        /// A URI that ends in the code.
        #[cfg_attr(feature = "serde", serde(rename = "type"))]
        pub kind: String,
        /// The code as a short English sentence.
        pub title: String,
        /// The HTTP status again.
        pub status: u16,
        /// One sentence in the person's language, safe to show.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub detail: Option<String>,
        /// What decides behaviour.
        pub code: ProblemCode,
        /// Seconds to wait: the same as the header `Retry-After`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub retry_after: Option<u32>,
        /// Wrong answers that the flow still survives.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub attempts_left: Option<u8>,
        /// What the policy refused, with `password-rejected`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub violations: Vec<Violation>,
        /// A flow token that replaces the old one.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub flow: Option<Secret>,
        /// What the flow waits for, with `wrong-state`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub state: Option<FlowState>,
        /// Where in the body the mistake is (JSON pointer), with `malformed` and `value-rejected`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub pointer: Option<String>,
        /// Names this request in the server's log.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub request_id: Option<String>,
    }
}
