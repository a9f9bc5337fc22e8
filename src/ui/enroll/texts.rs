//! Texts of `<sspr-enroll>`. Japanese: `locales/ja.account.json`.

use crate::i18n::{Message, Plural};

pub(crate) const KIND_EMAIL: Message = Message { key: "enroll.kind.email", en: "E-mail" };
pub(crate) const KIND_PHONE: Message = Message { key: "enroll.kind.phone", en: "Phone" };
pub(crate) const KIND_TOTP: Message = Message { key: "enroll.kind.totp", en: "Authenticator app" };
pub(crate) const KIND_CODES: Message = Message { key: "enroll.kind.codes", en: "Recovery codes" };
pub(crate) const KIND_QUESTIONS: Message = Message { key: "enroll.kind.questions", en: "Security questions" };
pub(crate) const ABOUT_EMAIL: Message = Message {
    key: "enroll.about.email",
    en: "We send a code to another address of yours, one you can read without this password.",
};
pub(crate) const ABOUT_PHONE: Message = Message {
    key: "enroll.about.phone",
    en: "We send you a code by text message or tell it to you in a call.",
};
pub(crate) const ABOUT_TOTP: Message = Message {
    key: "enroll.about.totp",
    en: "An app on your phone shows a code. It works without a network.",
};
pub(crate) const ABOUT_CODES: Message = Message {
    key: "enroll.about.codes",
    en: "A list of codes to print or keep in a safe place. Each works once.",
};
pub(crate) const ABOUT_QUESTIONS: Message =
    Message { key: "enroll.about.questions", en: "You answer questions that only you can answer." };
pub(crate) const METHODS_TITLE: Message =
    Message { key: "enroll.methods.title", en: "Ways to prove it is you" };
pub(crate) const METHODS_TEXT: Message =
    Message { key: "enroll.methods.text", en: "If you forget your password, these let you set a new one." };
pub(crate) const METHODS_NONE: Message =
    Message { key: "enroll.methods.none", en: "You have not set up any method yet." };
pub(crate) const METHODS_ENOUGH: Message =
    Message { key: "enroll.methods.enough", en: "You have everything that is needed for a reset." };
pub(crate) const METHODS_MISSING: Plural = Plural {
    key: "enroll.methods.missing",
    one: "One more method of another kind is needed before you can reset your password yourself.",
    other: "{count} more methods of different kinds are needed before you can reset your password yourself.",
};
pub(crate) const METHODS_ADD: Message = Message { key: "enroll.methods.add", en: "Add a method" };
pub(crate) const BADGE_VERIFIED: Message = Message { key: "enroll.badge.verified", en: "Verified" };
pub(crate) const BADGE_UNVERIFIED: Message = Message { key: "enroll.badge.unverified", en: "Not verified" };
pub(crate) const BADGE_DEFAULT: Message = Message { key: "enroll.badge.default", en: "Default" };
pub(crate) const METHODS_ADDED: Message = Message { key: "enroll.methods.added", en: "Added {date}" };
pub(crate) const METHODS_USED: Message = Message { key: "enroll.methods.used", en: "Last used {date}" };
pub(crate) const METHODS_NEVER_USED: Message = Message { key: "enroll.methods.never-used", en: "Never used" };
pub(crate) const METHODS_LEFT: Plural =
    Plural { key: "enroll.methods.left", one: "{count} code left", other: "{count} codes left" };
pub(crate) const ACTION_VERIFY: Message = Message { key: "enroll.action.verify", en: "Verify" };
pub(crate) const ACTION_DEFAULT: Message = Message { key: "enroll.action.default", en: "Make default" };
pub(crate) const ACTION_RENAME: Message = Message { key: "enroll.action.rename", en: "Rename" };
pub(crate) const ACTION_REMOVE: Message = Message { key: "enroll.action.remove", en: "Remove" };
pub(crate) const ACTION_OF: Message = Message { key: "enroll.action.of", en: "{action}: {method}" };
pub(crate) const SUCCESS_ADDED: Message =
    Message { key: "enroll.success.added", en: "It is set up and ready to use." };
pub(crate) const SUCCESS_RENAMED: Message =
    Message { key: "enroll.success.renamed", en: "The name is changed." };
pub(crate) const SUCCESS_DEFAULT: Message =
    Message { key: "enroll.success.default", en: "The default method is changed." };
pub(crate) const SUCCESS_REMOVED: Message =
    Message { key: "enroll.success.removed", en: "The method is removed." };
pub(crate) const SUCCESS_CONFIRMED: Message =
    Message { key: "enroll.success.confirmed", en: "Thank you. We will ask again some other time." };
pub(crate) const SUCCESS_RESENT: Message =
    Message { key: "enroll.success.resent", en: "The code was sent again." };
pub(crate) const WELCOME_TITLE: Message =
    Message { key: "enroll.welcome.title", en: "Do not get locked out" };
pub(crate) const WELCOME_TEXT: Plural = Plural {
    key: "enroll.welcome.text",
    one: "Set up one way to prove who you are. Then you can set a new password yourself if you ever forget it.",
    other: "Set up {count} ways to prove who you are. Then you can set a new password yourself if you ever forget it.",
};
pub(crate) const WELCOME_BEGIN: Message = Message { key: "enroll.welcome.begin", en: "Start" };
pub(crate) const WELCOME_SKIP: Message = Message { key: "enroll.welcome.skip", en: "Not now" };
pub(crate) const WELCOME_DAYS: Plural = Plural {
    key: "enroll.welcome.days",
    one: "You can put this off for one more day.",
    other: "You can put this off for {count} more days.",
};
pub(crate) const WELCOME_LAST_DAY: Message =
    Message { key: "enroll.welcome.last-day", en: "Today is the last day on which you can put this off." };
pub(crate) const WIZARD_PROGRESS: Message =
    Message { key: "enroll.wizard.progress", en: "Method {number} of {count}" };
pub(crate) const WIZARD_OTHER: Message =
    Message { key: "enroll.wizard.other", en: "Set up a different method" };
pub(crate) const CONFIRM_TITLE: Message = Message { key: "enroll.confirm.title", en: "Is this still right?" };
pub(crate) const CONFIRM_TEXT: Message = Message {
    key: "enroll.confirm.text",
    en: "These are the ways in which you can prove who you are. Please check that you still have all of them.",
};
pub(crate) const CONFIRM_GOOD: Message = Message { key: "enroll.confirm.good", en: "Looks good" };
pub(crate) const CONFIRM_EDIT: Message = Message { key: "enroll.confirm.edit", en: "Change something" };
pub(crate) const CONFIRM_DUE: Message =
    Message { key: "enroll.confirm.due", en: "Please check that these are still right." };
pub(crate) const FINISHED_TITLE: Message = Message { key: "enroll.finished.title", en: "You are all set" };
pub(crate) const FINISHED_TEXT: Message =
    Message { key: "enroll.finished.text", en: "If you forget your password, prove who you are with these." };
pub(crate) const FINISHED_DONE: Message = Message { key: "enroll.finished.done", en: "Done" };
pub(crate) const CHOOSE_TITLE: Message =
    Message { key: "enroll.choose.title", en: "What do you want to set up?" };
pub(crate) const CHOOSE_NONE: Message = Message {
    key: "enroll.choose.none",
    en: "There is nothing more to add. Ask your helpdesk if you need something else.",
};
pub(crate) const CHOOSE_LIMIT: Message =
    Message { key: "enroll.choose.limit", en: "You have as many of these as allowed: {methods}" };
pub(crate) const EMAIL_TITLE: Message = Message { key: "enroll.email.title", en: "Set up an e-mail address" };
pub(crate) const EMAIL_LABEL: Message = Message { key: "enroll.email.label", en: "E-mail address" };
pub(crate) const EMAIL_HINT: Message =
    Message { key: "enroll.email.hint", en: "Use an address that you can read without your password here." };
pub(crate) const EMAIL_SUBMIT: Message = Message { key: "enroll.email.submit", en: "Send code" };
pub(crate) const EMAIL_EMPTY: Message = Message { key: "enroll.email.empty", en: "Enter an e-mail address." };
pub(crate) const EMAIL_WRONG: Message =
    Message { key: "enroll.email.wrong", en: "Enter a complete address, such as name@example.com." };
pub(crate) const PHONE_TITLE: Message = Message { key: "enroll.phone.title", en: "Set up a phone" };
pub(crate) const PHONE_LABEL: Message =
    Message { key: "enroll.phone.label", en: "Phone number with country code" };
pub(crate) const PHONE_HINT: Message = Message {
    key: "enroll.phone.hint",
    en: "Begin with + and the country code, for example +1 425 555 0123 (US) or +81 90 1234 5678 (Japan).",
};
pub(crate) const PHONE_CHANNEL: Message =
    Message { key: "enroll.phone.channel", en: "How do you want to get the code?" };
pub(crate) const PHONE_SMS: Message = Message { key: "enroll.phone.sms", en: "Text message" };
pub(crate) const PHONE_VOICE: Message = Message { key: "enroll.phone.voice", en: "Phone call" };
pub(crate) const PHONE_EMPTY: Message = Message { key: "enroll.phone.empty", en: "Enter a phone number." };
pub(crate) const PHONE_COUNTRY: Message =
    Message { key: "enroll.phone.country", en: "Add + and the country code, without the 0 that follows it." };
pub(crate) const PHONE_WRONG: Message =
    Message { key: "enroll.phone.wrong", en: "This is not a phone number. Use + and 7 to 15 digits." };
pub(crate) const TOTP_TITLE: Message =
    Message { key: "enroll.totp.title", en: "Set up an authenticator app" };
pub(crate) const TOTP_TEXT: Message = Message {
    key: "enroll.totp.text",
    en: "Install an authenticator app on your phone if you have none. Any app that shows six-digit codes will do.",
};
pub(crate) const TOTP_NAME: Message = Message { key: "enroll.totp.name", en: "Name (optional)" };
pub(crate) const TOTP_NAME_HINT: Message =
    Message { key: "enroll.totp.name-hint", en: "Tells your devices apart, for example “Work phone”." };
pub(crate) const TOTP_SCAN: Message =
    Message { key: "enroll.totp.scan", en: "Scan this picture with the app." };
pub(crate) const TOTP_PICTURE: Message =
    Message { key: "enroll.totp.picture", en: "QR code for the authenticator app" };
pub(crate) const TOTP_KEY: Message = Message { key: "enroll.totp.key", en: "Or type this key into the app:" };
pub(crate) const TOTP_COPY: Message = Message { key: "enroll.totp.copy", en: "Copy key" };
pub(crate) const TOTP_COPIED: Message = Message { key: "enroll.totp.copied", en: "Copied." };
pub(crate) const TOTP_COPY_FAILED: Message = Message {
    key: "enroll.totp.copy-failed",
    en: "Copying is not possible here. Select the key and copy it.",
};
pub(crate) const TOTP_LOST: Message = Message {
    key: "enroll.totp.lost",
    en: "The key is shown only once. If the app does not have it, remove this method and set it up again.",
};
pub(crate) const PROVE_TITLE: Message = Message { key: "enroll.prove.title", en: "Enter the code" };
pub(crate) const PROVE_SENT: Message =
    Message { key: "enroll.prove.sent", en: "We sent a code to {masked}." };
pub(crate) const PROVE_SENT_PLAIN: Message =
    Message { key: "enroll.prove.sent-plain", en: "We sent you a code." };
pub(crate) const PROVE_TOTP: Message =
    Message { key: "enroll.prove.totp", en: "Enter the code that the app shows." };
pub(crate) const PROVE_LABEL: Message = Message { key: "enroll.prove.label", en: "Code" };
pub(crate) const PROVE_SUBMIT: Message = Message { key: "enroll.prove.submit", en: "Verify" };
pub(crate) const PROVE_AGAIN: Message = Message { key: "enroll.prove.again", en: "Send again" };
pub(crate) const PROVE_TEXT: Message = Message { key: "enroll.prove.text", en: "Send as a text" };
pub(crate) const PROVE_CALL: Message = Message { key: "enroll.prove.call", en: "Call me" };
pub(crate) const PROVE_WAIT: Plural = Plural {
    key: "enroll.prove.wait",
    one: "Can be sent again in {count} second.",
    other: "Can be sent again in {count} seconds.",
};
pub(crate) const PROVE_EMPTY: Message = Message { key: "enroll.prove.empty", en: "Enter the code." };
pub(crate) const PROVE_LENGTH: Plural = Plural {
    key: "enroll.prove.length",
    one: "The code has {count} digit.",
    other: "The code has {count} digits.",
};
pub(crate) const PROVE_WRONG: Message = Message {
    key: "enroll.prove.wrong",
    en: "This code is not right or no longer valid. Check it, or get a new one.",
};
pub(crate) const PROVE_WRONG_TOTP: Message = Message {
    key: "enroll.prove.wrong-totp",
    en: "This code is not right. Wait for the next one that the app shows, and check that your phone’s clock is right.",
};
pub(crate) const CODES_MAKE_TITLE: Message =
    Message { key: "enroll.codes.make-title", en: "Make recovery codes" };
pub(crate) const CODES_MAKE_TEXT: Message = Message {
    key: "enroll.codes.make-text",
    en: "You get a list of codes that you keep on paper or in a safe. Codes that you made earlier stop working.",
};
pub(crate) const CODES_MAKE: Message = Message { key: "enroll.codes.make", en: "Make codes" };
pub(crate) const CODES_TITLE: Message = Message { key: "enroll.codes.title", en: "Your recovery codes" };
pub(crate) const CODES_TEXT: Message = Message {
    key: "enroll.codes.text",
    en: "Keep these codes in a safe place. They are shown only now, and each of them works once.",
};
pub(crate) const CODES_DOWNLOAD: Message =
    Message { key: "enroll.codes.download", en: "Download as a text file" };
pub(crate) const CODES_PRINT: Message = Message { key: "enroll.codes.print", en: "Print" };
pub(crate) const CODES_FILE: Message = Message { key: "enroll.codes.file", en: "recovery-codes.txt" };
pub(crate) const CODES_FILE_HEAD: Message = Message {
    key: "enroll.codes.file-head",
    en: "Recovery codes. Each works once. Keep this file where only you can read it.",
};
pub(crate) const CODES_SAVED: Message = Message { key: "enroll.codes.saved", en: "I have saved these codes" };
pub(crate) const CODES_NOT_SAVED: Message =
    Message { key: "enroll.codes.not-saved", en: "Save the codes first, then tick this box." };
pub(crate) const CODES_DONE: Message = Message { key: "enroll.codes.done", en: "Done" };
pub(crate) const QUESTIONS_TITLE: Message =
    Message { key: "enroll.questions.title", en: "Set up security questions" };
pub(crate) const QUESTIONS_TEXT: Plural = Plural {
    key: "enroll.questions.text",
    one: "Choose {count} question and answer it. Nobody else should know or find out the answer.",
    other: "Choose {count} different questions and answer them. Nobody else should know or find out the answers.",
};
pub(crate) const QUESTIONS_QUESTION: Message =
    Message { key: "enroll.questions.question", en: "Question {number}" };
pub(crate) const QUESTIONS_CHOOSE: Message =
    Message { key: "enroll.questions.choose", en: "Choose a question" };
pub(crate) const QUESTIONS_ANSWER: Message =
    Message { key: "enroll.questions.answer", en: "Answer to question {number}" };
pub(crate) const QUESTIONS_HINT: Message = Message {
    key: "enroll.questions.hint",
    en: "{min} to {max} characters. Capital letters make no difference.",
};
pub(crate) const QUESTIONS_SAVE: Message = Message { key: "enroll.questions.save", en: "Save" };
pub(crate) const QUESTIONS_MISSING: Message =
    Message { key: "enroll.questions.missing", en: "Choose a question." };
pub(crate) const QUESTIONS_TWICE: Message = Message {
    key: "enroll.questions.twice",
    en: "You have chosen this question already. Choose another one.",
};
pub(crate) const QUESTIONS_LENGTH: Message =
    Message { key: "enroll.questions.length", en: "Use {min} to {max} characters." };
pub(crate) const RENAME_TITLE: Message = Message { key: "enroll.rename.title", en: "Rename {method}" };
pub(crate) const RENAME_LABEL: Message = Message { key: "enroll.rename.label", en: "Name" };
pub(crate) const RENAME_HINT: Message =
    Message { key: "enroll.rename.hint", en: "Up to {count} characters. Leave it empty for no name." };
pub(crate) const RENAME_SAVE: Message = Message { key: "enroll.rename.save", en: "Save" };
pub(crate) const RENAME_LONG: Plural = Plural {
    key: "enroll.rename.long",
    one: "Use at most {count} character.",
    other: "Use at most {count} characters.",
};
pub(crate) const REMOVE_TITLE: Message = Message { key: "enroll.remove.title", en: "Remove {method}?" };
pub(crate) const REMOVE_TEXT: Message = Message {
    key: "enroll.remove.text",
    en: "This cannot be undone. To use it again you have to set it up again.",
};
pub(crate) const REMOVE_TOTP: Message =
    Message { key: "enroll.remove.totp", en: "Afterwards also delete the account in the app itself." };
pub(crate) const REMOVE_LAST: Plural = Plural {
    key: "enroll.remove.last",
    one: "This method cannot be removed: you need {count} verified method to be able to reset your password. Add another one first.",
    other: "This method cannot be removed: you need {count} verified methods of different kinds to be able to reset your password. Add another one first.",
};
pub(crate) const REMOVE_YES: Message = Message { key: "enroll.remove.yes", en: "Yes, remove it" };
pub(crate) const REMOVE_NO: Message = Message { key: "enroll.remove.no", en: "No, keep it" };
pub(crate) const REFUSED_VALUE: Message =
    Message { key: "enroll.refused.value", en: "This cannot be used. Check it for mistakes." };
pub(crate) const REFUSED_TAKEN: Message =
    Message { key: "enroll.refused.taken", en: "You have registered this already." };
pub(crate) const REFUSED_GONE: Message = Message {
    key: "enroll.refused.gone",
    en: "This method has changed meanwhile. Here is the list as it is now.",
};
