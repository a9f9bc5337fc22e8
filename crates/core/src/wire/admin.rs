//! `/admin`: what an administrator sees and changes at run time.

use super::{ChallengeKind, MethodKind, wire, words};

words! {
    /// For whom self-service is switched on.
    pub enum PolicyScope {
        /// Nobody.
        None = "none",
        /// Members of [`PolicyValues::groups`]; administrators as well.
        Selected = "selected",
        /// Everybody.
        Everyone = "everyone",
    }

    /// Why somebody cannot reset their password now.
    pub enum LookupReason {
        /// No account has this name.
        UnknownAccount = "unknown_account",
        /// Self-service is switched off for everybody.
        SwitchedOff = "switched_off",
        /// The account is switched off.
        AccountDisabled = "account_disabled",
        /// The account is in none of the selected groups.
        NotInScope = "not_in_scope",
        /// The account has fewer proved and allowed kinds of methods than its reset takes.
        InsufficientMethods = "insufficient_methods",
        /// Tried too often: [`LookedUp::blocked_for`] says how long that lasts.
        Blocked = "blocked",
    }
}

wire! {
    /// The settings that an administrator may change at run time.
    pub struct PolicyValues {
        /// Who may recover.
        pub enabled: PolicyScope,
        /// Groups of `selected`.
        pub groups: Vec<String>,
        /// Ways to prove oneself, in the order to offer.
        pub recovery_methods: Vec<ChallengeKind>,
        /// Proofs of different kinds: 1 or 2.
        pub gates: u8,
        /// Days until people are asked whether their methods are still right; 0 is never.
        pub reconfirm_days: u32,
        /// Words that no password may be made of.
        pub banned_terms: Vec<String>,
        /// The helpdesk, an `https:`, `mailto:` or `tel:` address.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub helpdesk: Option<String>,
    }

    /// `GET /admin/policy`, and the answer of `PUT /admin/policy`.
    pub struct AdminPolicy {
        /// Grows with each change; goes into [`ChangePolicy::version`]. 0 where nobody has changed anything yet.
        pub version: u32,
        /// What is in force.
        pub values: PolicyValues,
        /// Ways that can be delivered here.
        pub available_methods: Vec<ChallengeKind>,
        /// When it was last changed (RFC 3339).
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub changed_at: Option<String>,
        /// The user name of who changed it; absent where that was the command line, or the account is gone.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub changed_by: Option<String>,
    }

    /// `PUT /admin/policy`.
    pub struct ChangePolicy {
        /// The version that the change is based on.
        pub version: u32,
        /// What is to be in force.
        pub values: PolicyValues,
    }

    /// A word of the audit log and how often it came.
    pub struct WordCount {
        /// The word.
        pub word: String,
        /// How often.
        pub count: u32,
    }

    /// One day (UTC) of a report.
    pub struct ReportDay {
        /// Such as `2026-11-23`.
        pub date: String,
        /// Recoveries begun by somebody who could.
        pub started: u32,
        /// Passwords set.
        pub resets: u32,
        /// Accounts unlocked.
        pub unlocks: u32,
        /// Recoveries refused, cancelled, abandoned or blocked.
        pub failed: u32,
    }

    /// `GET /admin/reports`.
    pub struct AdminReport {
        /// Days, today's included.
        pub days: u32,
        /// Accounts that were looked at. Disabled ones are not.
        pub people: u32,
        /// Whether that is everybody: no, where the directory lists nobody, or there are more than are looked at.
        pub everybody: bool,
        /// People with as many kinds of methods as a reset takes.
        pub registered: u32,
        /// People whom the policy covers.
        pub enabled: u32,
        /// Both.
        pub capable: u32,
        /// Recoveries begun by somebody who could.
        pub started: u32,
        /// Passwords set.
        pub resets: u32,
        /// Accounts unlocked with the password kept.
        pub unlocks: u32,
        /// Methods registered.
        pub registrations: u32,
        /// Enabled people who hold each kind of method.
        pub held: Vec<WordCount>,
        /// Resets and unlocks by the methods that proved the person, most first.
        pub by_method: Vec<WordCount>,
        /// Why recoveries were refused, or the password was not set, most first.
        pub failures: Vec<WordCount>,
        /// Each day, oldest first.
        pub by_day: Vec<ReportDay>,
    }

    /// `POST /admin/lookup`.
    pub struct LookUp {
        /// User name or e-mail address, up to 320 characters.
        pub identifier: String,
    }

    /// One line of the audit log about the person.
    pub struct LookupEvent {
        /// When (RFC 3339).
        pub at: String,
        /// What was done; a word of the audit log.
        pub activity: String,
        /// How it ended; a word of the audit log.
        pub result: String,
        /// More; a word of the audit log.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub detail: Option<String>,
        /// Names the request in the server's log; what the person saw as the support code.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub request_id: Option<String>,
    }

    /// The answer of `POST /admin/lookup`: why a person could not reset.
    pub struct LookedUp {
        /// The user name; absent where no account has the name that was asked for.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub identifier: Option<String>,
        /// Full name.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub display_name: Option<String>,
        /// Whether the administrators' own rules hold: two gates, no questions.
        pub admin: bool,
        /// Everything that stands in the way of a reset; nothing where it is possible now.
        pub reasons: Vec<LookupReason>,
        /// Kinds that a reset takes.
        pub required: u8,
        /// Kinds that are proved and allowed.
        pub usable: Vec<MethodKind>,
        /// Kinds that are registered and not proved.
        pub unproved: Vec<MethodKind>,
        /// Kinds that are proved and not allowed by the policy.
        pub not_allowed: Vec<MethodKind>,
        /// Seconds until a reset may be tried again; 0 where that is now.
        pub blocked_for: u32,
        /// Whether wrong passwords have locked the sign-in. That does not stand in the way of a reset.
        pub locked: bool,
        /// What happened last, newest first.
        pub events: Vec<LookupEvent>,
    }
}
