//! `/recovery`: the flow of a person who cannot sign in.
//!
//! `POST /recovery` starts it and answers with a flow token; the token goes into the header `SSPR-Flow` of every
//! later call and is replaced whenever the flow has proved more. The steps: `choose` a method, answer its
//! `challenge`, perhaps `choose` again for a second gate, then `set_password` or `unlock`, then `done`.

use super::{ChallengeKind, CodeFormat, wire, words};
use crate::{Secret, policy::PasswordPolicy};

words! {
    /// Why a person starts a recovery.
    pub enum Intent {
        /// The password is forgotten.
        Reset = "reset",
        /// The password is known but the account is locked.
        Unlock = "unlock",
    }

    /// What a flow waits for.
    pub enum FlowState {
        /// A choice among [`FlowView::methods`].
        Choose = "choose",
        /// An answer to [`FlowView::challenge`]; choosing again is allowed.
        Challenge = "challenge",
        /// A new password that meets [`FlowView::policy`].
        SetPassword = "set_password",
        /// The call that unlocks.
        Unlock = "unlock",
        /// Nothing: it is finished.
        Done = "done",
    }
}

wire! {
    /// `POST /recovery`.
    pub struct StartRecovery {
        /// What the person typed, up to 320 characters.
        pub identifier: String,
        /// Forgotten or locked.
        pub intent: Intent,
        /// Language of the messages to send (BCP 47); without it `Accept-Language` decides.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub locale: Option<String>,
        /// The page that a mailed link should open; must be on the server's list of pages, else its first is used.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub page: Option<String>,
        /// Answer to [`super::Description::captcha`].
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub captcha: Option<String>,
    }

    /// A flow as its person sees it: the answer of start, resume, challenge and verify.
    pub struct FlowView {
        /// The flow token, where a new one replaces the old.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub flow: Option<Secret>,
        /// Forgotten or locked.
        pub intent: Intent,
        /// What the flow waits for.
        pub state: FlowState,
        /// Seconds until the flow ends if nothing happens.
        pub expires_in: u32,
        /// The gate to pass now, from 1.
        pub gate: u8,
        /// How many gates there are.
        pub gates: u8,
        /// Ways to pass this gate. Before the first proof the policy's, for whoever asks; after it the person's own.
        #[cfg_attr(feature = "serde", serde(default))]
        pub methods: Vec<MethodOption>,
        /// The challenge to answer, in state `challenge`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub challenge: Option<Challenge>,
        /// The policy with the person's own terms, in state `set_password`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub policy: Option<PasswordPolicy>,
        /// Whose account it is, once every gate is passed.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub identifier: Option<String>,
    }

    /// One way to pass the gate.
    pub struct MethodOption {
        /// Opaque; goes into [`SendChallenge::method`].
        pub id: String,
        /// How it is proved.
        pub kind: ChallengeKind,
        /// The address or number with most of it hidden, where that may be shown.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub masked: Option<String>,
        /// Whether the person has to type the whole number first ([`SendChallenge::number`]).
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
        pub number: bool,
    }

    /// A challenge that waits for its answer.
    pub struct Challenge {
        /// Goes into [`VerifyChallenge::challenge`].
        pub id: String,
        /// How it is proved.
        pub kind: ChallengeKind,
        /// The id of the method it was drawn from; sending to it again is the resend.
        pub method: String,
        /// Where the code went, where that may be shown.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub masked: Option<String>,
        /// What the code looks like, where one is to be typed.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub code: Option<CodeFormat>,
        /// Seconds until it may be sent again; 0 where nothing is sent or it may be sent now.
        pub resend_in: u32,
        /// Seconds until the answer is no longer taken.
        pub expires_in: u32,
        /// Wrong answers that the flow still survives.
        pub attempts_left: u8,
        /// The questions to answer.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub questions: Vec<Question>,
    }

    /// A security question.
    pub struct Question {
        /// Stable name of the question.
        pub id: String,
        /// Its text in the person's language.
        pub text: String,
    }

    /// The answer to one question.
    pub struct QuestionAnswer {
        /// [`Question::id`].
        pub question: String,
        /// What the person typed.
        pub answer: Secret,
    }

    /// `POST /recovery/challenge`: choose a method, or send again.
    pub struct SendChallenge {
        /// [`MethodOption::id`].
        pub method: String,
        /// The whole number of the phone, where the option asks for it; not again when it is sent again. Spaces and other
        /// signs are ignored. The answer is the same whether or not it is right; only to the right one is something sent.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub number: Option<Secret>,
    }

    /// `POST /recovery/verify`.
    pub struct VerifyChallenge {
        /// [`Challenge::id`].
        pub challenge: String,
        /// A code; spaces and hyphens are ignored.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub code: Option<Secret>,
        /// Answers to the questions.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub answers: Vec<QuestionAnswer>,
    }

    /// `POST /recovery/link` looks at a mailed link's token without spending it; `POST /recovery/link/open`
    /// spends it, passes the gate, and moves the flow to the browser that asks.
    pub struct LinkToken {
        /// The token from the link's fragment.
        pub link_token: Secret,
    }

    /// What a mailed link is good for. Mail scanners may ask as often as they like.
    pub struct LinkView {
        /// Forgotten or locked.
        pub intent: Intent,
        /// Seconds until the link is dead.
        pub expires_in: u32,
    }

    /// `POST /recovery/password`.
    pub struct SetPassword {
        /// The new password, in Unicode NFC.
        pub new_password: Secret,
        /// Whether to end the person's other sessions.
        pub end_other_sessions: bool,
    }

    /// The answer of `POST /recovery/password` and `POST /recovery/unlock`.
    pub struct RecoveryDone {
        /// Always `done`.
        pub state: FlowState,
        /// What was done.
        pub intent: Intent,
        /// The identifier to sign in with.
        pub identifier: String,
        /// Where to sign in.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub sign_in: Option<String>,
    }
}
