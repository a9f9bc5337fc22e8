//! `GET /describe`: what this backend has switched on. The same for everybody, so it may be cached.

use super::{wire, words};
use crate::policy::PasswordPolicy;

words! {
    /// What a person may type to say who they are.
    pub enum IdentifierKind {
        /// An e-mail address.
        Email = "email",
        /// A user name.
        Username = "username",
    }

    /// A kind of contact method as a person registers it.
    pub enum MethodKind {
        /// An e-mail address other than the locked mailbox.
        Email = "email",
        /// A telephone that receives texts or calls.
        Phone = "phone",
        /// An authenticator app that shows time-based codes (RFC 6238).
        Totp = "totp",
        /// Printed one-time codes.
        RecoveryCodes = "recovery_codes",
        /// Answers to questions, for organisations that must keep them.
        Questions = "questions",
    }

    /// A way to prove oneself in a recovery: a method kind and how it is used.
    pub enum ChallengeKind {
        /// A code (and a link) in a mail.
        Email = "email",
        /// A code in a text message.
        Sms = "sms",
        /// A code spoken in a call.
        Voice = "voice",
        /// The code that the authenticator app shows; nothing is sent.
        Totp = "totp",
        /// One of the printed codes; nothing is sent.
        RecoveryCode = "recovery_code",
        /// Answers to some of the registered questions; nothing is sent.
        Questions = "questions",
    }
}

impl ChallengeKind {
    /// The registered method that this challenge draws on. A gate passed with one challenge closes its whole kind.
    pub fn method(self) -> MethodKind {
        match self {
            Self::Email => MethodKind::Email,
            Self::Sms | Self::Voice => MethodKind::Phone,
            Self::Totp => MethodKind::Totp,
            Self::RecoveryCode => MethodKind::RecoveryCodes,
            Self::Questions => MethodKind::Questions,
        }
    }

    /// Whether a message has to arrive before it can be answered.
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Email | Self::Sms | Self::Voice)
    }
}

wire! {
    /// The answer of `GET /describe`.
    pub struct Description {
        /// Version of the contract: 1.
        pub version: u32,
        /// Operations that are switched on.
        pub features: Features,
        /// What the identifier may be.
        pub identifiers: Vec<IdentifierKind>,
        /// How a person may prove themselves, in the order to offer.
        pub recovery_methods: Vec<ChallengeKind>,
        /// How many proofs a reset asks of an ordinary person: 1 or 2.
        pub gates: u8,
        /// What a sent code looks like.
        pub code: CodeFormat,
        /// The password policy, without anybody's personal terms.
        pub policy: PasswordPolicy,
        /// A proof of being human that `POST /recovery` asks for; the page supplies the answer.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub captcha: Option<Captcha>,
        /// Where to go next and whom to ask.
        pub links: Links,
        /// Languages that mails and server texts exist in (BCP 47).
        pub locales: Vec<String>,
    }

    /// Operations that are switched on.
    #[derive(Copy, Default)]
    pub struct Features {
        /// A forgotten password can be replaced.
        pub reset: bool,
        /// A locked account can be unlocked with the password kept.
        pub unlock: bool,
        /// A known password can be changed.
        pub change: bool,
        /// Contact methods can be registered.
        pub enroll: bool,
        /// People are asked now and then whether their methods are still right.
        pub confirm_contacts: bool,
        /// Other sessions can be ended when the password changes.
        pub end_other_sessions: bool,
        /// A recovery whose time runs out can be given more.
        #[cfg_attr(feature = "serde", serde(default))]
        pub more_time: bool,
    }

    /// What a sent code looks like.
    #[derive(Copy)]
    pub struct CodeFormat {
        /// Number of digits, 4 to 10.
        pub length: u8,
        /// Whether there are letters among them. Our own server sends digits alone; others do not.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
        pub letters: bool,
    }

    /// A proof of being human, or of work. For `proof-of-work` the elements fetch a [`CaptchaChallenge`] and work on it;
    /// any other is for the page to answer.
    pub struct Captcha {
        /// `proof-of-work`, or a name that the page knows, such as `altcha`.
        pub provider: String,
        /// The provider's public key for this site; empty for `proof-of-work`.
        pub site_key: String,
    }

    /// `GET /captcha`: puzzles to work on. The seed is the SHA-256 of `challenge`; puzzle `i`, from 0, is solved by a number
    /// `n` where the SHA-256 of seed, `i` and `n` (four bytes each, the most significant first) begins with `bits` zero
    /// bits. The answer is `challenge`, a point, and the numbers in order (four bytes each) in Base64 of URLs without padding.
    pub struct CaptchaChallenge {
        /// Opaque; good for one start.
        pub challenge: String,
        /// How many puzzles.
        pub puzzles: u8,
        /// Zero bits of each.
        pub bits: u8,
        /// Seconds until it is over.
        pub expires_in: u32,
    }

    /// Where to go next and whom to ask.
    #[derive(Default)]
    pub struct Links {
        /// The sign-in page.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub sign_in: Option<String>,
        /// The helpdesk: an `https:` or `mailto:` address.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub helpdesk: Option<String>,
    }
}

impl Captcha {
    /// The provider that stands for work of the browser.
    pub const WORK: &str = "proof-of-work";
}

impl CodeFormat {
    /// So many digits.
    pub const fn digits(length: u8) -> Self {
        Self { length, letters: false }
    }
}
