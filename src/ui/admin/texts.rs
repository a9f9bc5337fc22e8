//! English texts of `<sspr-admin>`. Other languages: `locales/<lang>.admin.json`.

use crate::i18n::Message;

pub(super) const FORBIDDEN_TITLE: Message =
    Message { key: "admin.forbidden.title", en: "Only for administrators" };
pub(super) const FORBIDDEN_TEXT: Message =
    Message { key: "admin.forbidden.text", en: "Your account has no administrative rights." };
pub(super) const TITLE: Message = Message { key: "admin.title", en: "Password reset administration" };
pub(super) const POLICY: Message = Message { key: "admin.policy", en: "Policy" };
pub(super) const REPORTS: Message = Message { key: "admin.reports", en: "Reports" };
pub(super) const LOOK_UP: Message = Message { key: "admin.look-up", en: "Look up a person" };
pub(super) const ENABLED: Message = Message { key: "admin.enabled", en: "Who may reset their password" };
pub(super) const NOBODY: Message = Message { key: "admin.enabled.none", en: "Nobody" };
pub(super) const SELECTED: Message =
    Message { key: "admin.enabled.selected", en: "Members of selected groups" };
pub(super) const EVERYONE: Message = Message { key: "admin.enabled.everyone", en: "Everyone" };
pub(super) const ADMINS: Message = Message {
    key: "admin.enabled.admins",
    en: "Administrators always need two methods, and may never use security questions.",
};
pub(super) const GROUPS: Message = Message { key: "admin.groups", en: "Groups, one in each line" };
pub(super) const GROUPS_ERROR: Message =
    Message { key: "admin.groups.error", en: "Name at least one group, and at most 200." };
pub(super) const METHODS: Message = Message { key: "admin.methods", en: "Methods that people may use" };
pub(super) const SMS: Message = Message { key: "admin.method.sms", en: "Text message" };
pub(super) const VOICE: Message = Message { key: "admin.method.voice", en: "Phone call" };
pub(super) const METHODS_ERROR: Message = Message {
    key: "admin.methods.error",
    en: "Choose at least as many different methods as are needed for a reset. A text message and a phone call are one method.",
};
pub(super) const GATES: Message = Message { key: "admin.gates", en: "Methods needed for a reset" };
pub(super) const RECONFIRM: Message =
    Message { key: "admin.reconfirm", en: "Days until people are asked to confirm their methods" };
pub(super) const RECONFIRM_HINT: Message =
    Message { key: "admin.reconfirm.hint", en: "A number from 0 to 730; with 0 they are never asked." };
pub(super) const BANNED: Message = Message { key: "admin.banned", en: "Banned words, one in each line" };
pub(super) const BANNED_HINT: Message =
    Message { key: "admin.banned.hint", en: "Each has 4 to 16 characters; at most 1000 words." };
pub(super) const HELPDESK: Message = Message { key: "admin.helpdesk", en: "Address of the helpdesk" };
pub(super) const HELPDESK_HINT: Message =
    Message { key: "admin.helpdesk.hint", en: "It begins with https:, mailto: or tel:." };
pub(super) const CHANGES: Message = Message { key: "admin.changes", en: "What will change" };
pub(super) const NONE: Message = Message { key: "admin.none", en: "none" };
pub(super) const SAVE: Message = Message { key: "admin.save", en: "Save changes" };
pub(super) const UNDO: Message = Message { key: "admin.undo", en: "Undo" };
pub(super) const SAVED: Message =
    Message { key: "admin.saved", en: "Saved. The change takes effect everywhere within seconds." };
pub(super) const CONFLICT: Message = Message {
    key: "admin.conflict",
    en: "Somebody else changed the policy in the meantime. You see their changes with yours on top. Check them and save again.",
};
pub(super) const CHANGED_BY: Message =
    Message { key: "admin.changed-by", en: "Last changed on {date} by {name}" };
pub(super) const CHANGED_ON: Message = Message { key: "admin.changed-on", en: "Last changed on {date}" };
pub(super) const DAYS: Message = Message { key: "admin.days", en: "Number of days" };
pub(super) const PEOPLE: Message = Message { key: "admin.people", en: "People" };
pub(super) const ALL: Message = Message { key: "admin.people.all", en: "All" };
pub(super) const COVERED: Message = Message { key: "admin.people.enabled", en: "May reset" };
pub(super) const REGISTERED: Message =
    Message { key: "admin.people.registered", en: "Have registered enough methods" };
pub(super) const CAPABLE: Message = Message { key: "admin.people.capable", en: "Can reset now" };
pub(super) const PARTIAL: Message =
    Message { key: "admin.people.partial", en: "Not everybody is counted here." };
pub(super) const BY_METHOD: Message = Message { key: "admin.by-method", en: "Resets by method" };
pub(super) const FAILURES: Message = Message { key: "admin.failures", en: "Failures by reason" };
pub(super) const BY_DAY: Message = Message { key: "admin.by-day", en: "Day by day" };
pub(super) const AS_TABLE: Message = Message { key: "admin.as-table", en: "Show as a table" };
pub(super) const DAY: Message = Message { key: "admin.day", en: "Day" };
pub(super) const STARTED: Message = Message { key: "admin.started", en: "Resets started" };
pub(super) const RESETS: Message = Message { key: "admin.resets", en: "Passwords reset" };
pub(super) const UNLOCKS: Message = Message { key: "admin.unlocks", en: "Accounts unlocked" };
pub(super) const FAILED: Message = Message { key: "admin.failed", en: "Failed" };
pub(super) const EMPTY: Message = Message { key: "admin.empty", en: "Nothing happened in this time." };
pub(super) const R_UNKNOWN: Message = Message { key: "admin.reason.unknown_account", en: "Unknown name" };
pub(super) const R_DISABLED: Message =
    Message { key: "admin.reason.account_disabled", en: "Account disabled" };
pub(super) const R_SCOPE: Message = Message { key: "admin.reason.not_in_scope", en: "In none of the groups" };
pub(super) const R_METHODS: Message =
    Message { key: "admin.reason.insufficient_methods", en: "Too few methods" };
pub(super) const R_BLOCKED: Message = Message { key: "admin.reason.blocked", en: "Too many attempts" };
pub(super) const R_POLICY: Message =
    Message { key: "admin.reason.password_policy", en: "Password against the rules" };
pub(super) const R_DIRECTORY: Message =
    Message { key: "admin.reason.directory", en: "Refused by the directory" };
pub(super) const LOOK_UP_HINT: Message =
    Message { key: "admin.look-up.hint", en: "The audit log records whom you look up." };
pub(super) const NOBODY_NAMED: Message =
    Message { key: "admin.look-up.empty", en: "Enter a user name or an e-mail address." };
pub(super) const CAN: Message = Message { key: "admin.can", en: "This person can reset their password now." };
pub(super) const CANNOT: Message =
    Message { key: "admin.cannot", en: "This person cannot reset their password now." };
pub(super) const WHY_UNKNOWN: Message =
    Message { key: "admin.why.unknown_account", en: "No account has this name. Check how it is written." };
pub(super) const WHY_OFF: Message = Message {
    key: "admin.why.switched_off",
    en: "Nobody may reset at present. You can change that in the policy.",
};
pub(super) const WHY_DISABLED: Message =
    Message { key: "admin.why.account_disabled", en: "The account is disabled. Enable it in the directory." };
pub(super) const WHY_SCOPE: Message = Message {
    key: "admin.why.not_in_scope",
    en: "The account is in none of the selected groups. Add it to one of them, or change the policy.",
};
pub(super) const WHY_METHODS: Message = Message {
    key: "admin.why.insufficient_methods",
    en: "A reset takes {required} different methods, and the account has {count}. The person can register more after signing in.",
};
pub(super) const WHY_BLOCKED: Message = Message {
    key: "admin.why.blocked",
    en: "There were too many attempts. Minutes until the next one: {minutes}.",
};
pub(super) const LOCKED: Message = Message {
    key: "admin.locked",
    en: "The sign-in is locked after wrong passwords. A reset ends the lock.",
};
pub(super) const USABLE: Message = Message { key: "admin.usable", en: "Registered and allowed" };
pub(super) const UNPROVED: Message = Message { key: "admin.unproved", en: "Registered, but not confirmed" };
pub(super) const NOT_ALLOWED: Message =
    Message { key: "admin.not-allowed", en: "Registered, but not allowed" };
pub(super) const EVENTS: Message = Message { key: "admin.events", en: "Latest events" };
pub(super) const WHEN: Message = Message { key: "admin.when", en: "Time" };
pub(super) const EVENT: Message = Message { key: "admin.event", en: "Event" };
pub(super) const SUPPORT: Message = Message { key: "admin.support", en: "Support code" };
