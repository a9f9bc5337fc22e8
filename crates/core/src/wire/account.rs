//! `/me/methods`: what a signed-in person registers so that a recovery is possible later.

use super::{MethodKind, Question, QuestionAnswer, wire, words};
use crate::Secret;

words! {
    /// How a phone gets its code.
    pub enum PhoneChannel {
        /// A text message.
        Sms = "sms",
        /// A spoken call.
        Voice = "voice",
    }

    /// Why a kind is not offered now.
    pub enum OfferRefusal {
        /// The policy does not allow it for this person.
        Policy = "policy",
        /// As many as allowed are registered.
        Limit = "limit",
    }
}

wire! {
    /// `GET /me/methods`, and the answer of everything that changes the list as a whole.
    pub struct MethodList {
        /// The registered methods, strongest first.
        pub methods: Vec<MethodView>,
        /// Every kind that exists here and whether one may be added, strongest first.
        pub offers: Vec<Offer>,
        /// How many different verified kinds the policy needs of this person: 1 or 2.
        pub required: u8,
        /// How many different verified kinds they have.
        pub registered: u8,
        /// The person must be asked to register now.
        pub registration_due: bool,
        /// Days for which registering may still be put off; absent where it may not, or need not.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub skip_days_left: Option<u32>,
        /// The person must be asked "is this still right?".
        pub confirm_due: bool,
        /// What to know before registering questions, where they are allowed.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub questions: Option<QuestionPool>,
        /// What a code that is sent looks like.
        pub code: super::CodeFormat,
    }

    /// A registered method.
    pub struct MethodView {
        /// Opaque.
        pub id: String,
        /// What it is.
        pub kind: MethodKind,
        /// The address or number with most of it hidden.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub masked: Option<String>,
        /// The person's own name for it.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub label: Option<String>,
        /// Whether it was proved. Only then does it count.
        pub verified: bool,
        /// Whether it is the default of all methods.
        pub primary: bool,
        /// RFC 3339, UTC.
        pub created_at: String,
        /// RFC 3339, UTC.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub last_used_at: Option<String>,
        /// Whether it may be removed: not when the policy's number would no longer be reached.
        pub removable: bool,
        /// Recovery codes that are left.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub left: Option<u32>,
    }

    /// Whether a kind may be added.
    #[derive(Copy)]
    pub struct Offer {
        /// What would be added.
        pub kind: MethodKind,
        /// Absent when it may be added now.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub refused: Option<OfferRefusal>,
        /// Whether it can be sent as a call besides a text (phones).
        pub voice: bool,
    }

    /// The questions to choose from.
    pub struct QuestionPool {
        /// How many to register.
        pub register: u8,
        /// Fewest characters of an answer.
        pub min_answer: u8,
        /// Most characters of an answer.
        pub max_answer: u8,
        /// Every question.
        pub questions: Vec<Question>,
    }

    /// `POST /me/methods`.
    pub struct AddMethod {
        /// What to add.
        pub kind: MethodKind,
        /// The address, or the number as `+` and digits.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub value: Option<String>,
        /// How a phone gets its code; a text unless said.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub channel: Option<PhoneChannel>,
        /// The person's own name for it, up to 40 characters.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub label: Option<String>,
        /// The answers, for questions.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub answers: Vec<QuestionAnswer>,
    }

    /// The answer of adding and of sending again: what the person has to do next.
    pub struct AddedMethod {
        /// The method, still unverified where something is to be proved.
        pub method: MethodView,
        /// A code went to the address or number and is to be typed.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub sent: Option<SentCode>,
        /// The authenticator app's secret, shown once; a code from the app is to be typed.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub totp: Option<TotpSecret>,
        /// Recovery codes, shown once.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub recovery_codes: Vec<Secret>,
    }

    /// A code on its way.
    pub struct SentCode {
        /// Seconds until it may be sent again.
        pub resend_in: u32,
        /// Seconds until the code is no longer taken.
        pub expires_in: u32,
    }

    /// What an authenticator app needs.
    pub struct TotpSecret {
        /// The key in base32, to type.
        pub secret: Secret,
        /// The `otpauth:` address for the QR code.
        pub uri: Secret,
    }

    /// `POST /me/methods/{id}/verify`.
    pub struct VerifyMethod {
        /// The code from the message or the app; spaces and hyphens are ignored.
        pub code: Secret,
    }

    /// `POST /me/methods/{id}/resend`.
    #[derive(Copy, Default)]
    pub struct ResendCode {
        /// How a phone gets it this time.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub channel: Option<PhoneChannel>,
    }

    /// `PATCH /me/methods/{id}`: members that are absent stay as they are.
    #[derive(Default)]
    pub struct UpdateMethod {
        /// The person's own name for it, up to 40 characters.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub label: Option<String>,
        /// `true` makes it the default.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub primary: Option<bool>,
    }
}
