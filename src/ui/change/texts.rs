//! Texts of `<sspr-change>`. Japanese: `locales/ja.account.json`.

use crate::i18n::{Message, Plural};

pub(crate) const TITLE: Message = Message { key: "change.title", en: "Change your password" };
pub(crate) const CURRENT: Message = Message { key: "change.current", en: "Current password" };
pub(crate) const CURRENT_MISSING: Message =
    Message { key: "change.current-missing", en: "Enter your current password." };
pub(crate) const CURRENT_WRONG: Message = Message {
    key: "change.current-wrong",
    en: "This is not your current password. Your new password is still in the form.",
};
pub(crate) const NEW: Message = Message { key: "change.new", en: "New password" };
pub(crate) const REJECTED: Message =
    Message { key: "change.rejected", en: "This password cannot be used. It has to meet these rules:" };
pub(crate) const END_SESSIONS: Message =
    Message { key: "change.end-sessions", en: "Sign me out everywhere else" };
pub(crate) const SUBMIT: Message = Message { key: "change.submit", en: "Change password" };
pub(crate) const DONE_TITLE: Message = Message { key: "change.done.title", en: "Your password is changed" };
pub(crate) const DONE_TEXT: Message =
    Message { key: "change.done.text", en: "Use the new password from now on." };
pub(crate) const DONE_ENDED: Plural = Plural {
    key: "change.done.ended",
    one: "You were signed out in {count} other place.",
    other: "You were signed out in {count} other places.",
};
pub(crate) const DONE_SIGN_IN: Message =
    Message { key: "change.done.sign-in", en: "Sign in again with the new password." };
