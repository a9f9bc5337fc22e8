//! Texts of the pages that `<sspr-enroll>` and `<sspr-change>` share. Japanese: `locales/ja.account.json`.

use crate::i18n::Message;

pub(crate) const LOADING: Message = Message { key: "account.loading", en: "Loading…" };
pub(crate) const UNREACHABLE_TITLE: Message =
    Message { key: "account.unreachable.title", en: "This is not available right now" };
pub(crate) const UNREACHABLE_RETRY: Message = Message { key: "account.unreachable.retry", en: "Try again" };
pub(crate) const SIGNED_OUT_TITLE: Message =
    Message { key: "account.signed-out.title", en: "Please sign in first" };
pub(crate) const SIGNED_OUT_TEXT: Message = Message {
    key: "account.signed-out.text",
    en: "You are not signed in, or your session has ended. Sign in on this site and then continue here.",
};
pub(crate) const SIGNED_OUT_RETRY: Message =
    Message { key: "account.signed-out.retry", en: "I have signed in" };
pub(crate) const PROOF_TITLE: Message = Message { key: "account.proof.title", en: "Confirm that it is you" };
pub(crate) const PROOF_TEXT: Message = Message {
    key: "account.proof.text",
    en: "You signed in a while ago. Enter your current password to make this change.",
};
pub(crate) const PROOF_PASSWORD: Message = Message { key: "account.proof.password", en: "Current password" };
pub(crate) const PROOF_SUBMIT: Message = Message { key: "account.proof.submit", en: "Confirm" };
pub(crate) const PROOF_EMPTY: Message =
    Message { key: "account.proof.empty", en: "Enter your current password." };
pub(crate) const PROOF_WRONG: Message =
    Message { key: "account.proof.wrong", en: "This is not your current password." };
pub(crate) const BACK: Message = Message { key: "account.back", en: "Back" };
pub(crate) const CANCEL: Message = Message { key: "account.cancel", en: "Cancel" };
pub(crate) const CONTINUE: Message = Message { key: "account.continue", en: "Continue" };
