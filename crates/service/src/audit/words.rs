//! What the audit log says. The words are kept in databases and exports, so they never change; new ones are added.

use sspr_core::wire::{ChallengeKind, MethodKind};
use std::fmt;

/// An enum of plain values, each with its word.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word in the log.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The value of a word; `None` for a word that this version does not write.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

words! {
    /// What was done.
    Activity {
        /// Somebody named an account. `failure` says why no real recovery began; they were shown none of it.
        StartRecovery = "start_recovery",
        /// A way was chosen, and its code sent where it has one; `failure` where the typed number of a phone was not the
        /// registered one. Detail: the way.
        SendChallenge = "send_challenge",
        /// A code or answers came. Detail: the way.
        VerifyChallenge = "verify_challenge",
        /// A limit was reached; from here on it is refused. Result `blocked`. Detail: which limit.
        BlockRecovery = "block_recovery",
        /// The person gave up. Detail: where.
        CancelRecovery = "cancel_recovery",
        /// Nobody went on until the recovery was over. Detail: where it stopped.
        AbandonRecovery = "abandon_recovery",
        /// The new password. Detail: the methods that proved the person, or why it failed.
        ResetPassword = "reset_password",
        /// The unlocking with the password kept. Detail: the methods that proved the person.
        UnlockAccount = "unlock_account",
        /// The list of leaked passwords did not answer, so the password was not held against it.
        BreachedCheck = "breached_check",
        /// A method was added; where it is to be proved, it counts from `verify_method` on. Detail: its kind.
        AddMethod = "add_method",
        /// The code of an added method came. Detail: its kind.
        VerifyMethod = "verify_method",
        /// A method was named, or made the default.
        UpdateMethod = "update_method",
        /// A method was removed. Detail: its kind.
        RemoveMethod = "remove_method",
        /// The person said that all methods are still right.
        ConfirmContacts = "confirm_contacts",
        /// The person put registering off.
        SkipRegistration = "skip_registration",
        /// A sign-in at the server's own form.
        SignIn = "sign_in",
        /// A person who is signed in proved themselves again.
        Reauthenticate = "reauthenticate",
        /// The change of a known password. Detail: why it failed.
        ChangePassword = "change_password",
        /// An administrator changed the policy. Detail: old and new values.
        ChangePolicy = "change_policy",
        /// An administrator looked up why a person could not reset. Detail: who looked.
        AdminLookup = "admin_lookup",
    }
}

words! {
    /// How it ended.
    ActivityResult {
        /// Done.
        Success = "success",
        /// Refused or wrong.
        Failure = "failure",
        /// A limit was reached.
        Blocked = "blocked",
        /// Given up by the person.
        Cancelled = "cancelled",
        /// Left lying.
        Abandoned = "abandoned",
    }
}

words! {
    /// Why it failed, or which limit was reached.
    Reason {
        /// No account has this name.
        UnknownAccount = "unknown_account",
        /// The account is switched off.
        AccountDisabled = "account_disabled",
        /// The policy does not cover the account.
        NotInScope = "not_in_scope",
        /// The account has fewer proved methods than it needs.
        InsufficientMethods = "insufficient_methods",
        /// The account is beyond a limit, under any of its names.
        Blocked = "blocked",
        /// Too many wrong codes or answers in a day.
        FailedProofs = "failed_proofs",
        /// Too many wrong codes or answers in one recovery, which ended.
        Tries = "tries",
        /// The password breaks a rule of the policy.
        PasswordPolicy = "password_policy",
        /// The directory refused the password.
        DirectoryRefused = "directory_refused",
        /// The directory did not answer.
        DirectoryUnavailable = "directory_unavailable",
        /// The current password was wrong.
        CurrentPassword = "current_password",
        /// The list did not answer.
        Unavailable = "unavailable",
    }
}

/// Where a recovery stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// After the name, before a way was chosen.
    BeforeChoosing,
    /// After a way was started.
    During(ChallengeKind),
    /// After a proof, where another was needed.
    After(MethodKind),
    /// All proofs were there; the password was not set.
    BeforeNewPassword,
    /// All proofs were there; the account was not unlocked.
    BeforeUnlock,
}

/// More about a line. Only words of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A way of proving oneself.
    Way(ChallengeKind),
    /// A kind of method.
    Kind(MethodKind),
    /// The methods that proved somebody, joined by `+`.
    Kinds(Vec<MethodKind>),
    /// Why.
    Reason(Reason),
    /// Where it stopped.
    Stopped(Stage),
    /// What an administrator changed or looked at: keys and values of the policy, or an account's id.
    Admin(String),
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Way(way) => f.write_str(way.word()),
            Self::Kind(kind) => f.write_str(kind.word()),
            Self::Kinds(kinds) => {
                let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
                f.write_str(&words.join("+"))
            }
            Self::Reason(reason) => f.write_str(reason.word()),
            Self::Stopped(Stage::BeforeChoosing) => f.write_str("before_choosing"),
            Self::Stopped(Stage::During(way)) => write!(f, "during_{}", way.word()),
            Self::Stopped(Stage::After(kind)) => write!(f, "after_{}", kind.word()),
            Self::Stopped(Stage::BeforeNewPassword) => f.write_str("before_new_password"),
            Self::Stopped(Stage::BeforeUnlock) => f.write_str("before_unlock"),
            Self::Admin(text) => f.write_str(text),
        }
    }
}
