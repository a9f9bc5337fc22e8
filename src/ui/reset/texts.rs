//! Texts of `<sspr-reset>`. Other languages: `locales/<lang>.json`.

use crate::i18n::{Message, Plural};

macro_rules! messages {
    ($($name:ident = $key:literal, $en:literal;)*) => {
        $(pub(crate) const $name: Message = Message { key: $key, en: $en };)*
    };
}

messages! {
    IDENTIFY_TITLE = "identify.title", "Reset your password";
    IDENTIFY_TEXT = "identify.text", "Tell us who you are. You will then prove it with a method that you registered.";
    IDENTIFY_LABEL = "identify.label", "E-mail address or user name";
    IDENTIFY_SUBMIT = "identify.submit", "Continue";
    IDENTIFY_EMPTY = "identify.empty", "Enter your e-mail address or user name.";
    REASON_TITLE = "reason.title", "What happened?";
    REASON_RESET = "reason.reset", "I forgot my password";
    REASON_RESET_TEXT = "reason.reset-text", "You will choose a new one.";
    REASON_UNLOCK = "reason.unlock", "I know my password, but I am locked out";
    REASON_UNLOCK_TEXT = "reason.unlock-text", "Your account will be unlocked and your password stays.";
    CHOOSE_TITLE = "choose.title", "Prove that it is you";
    CHOOSE_SECOND = "choose.second", "One more proof";
    CHOOSE_TEXT = "choose.text", "Choose a method that you registered.";
    CHOOSE_SECOND_TEXT = "choose.second-text", "Your organisation asks for two. Choose another method.";
    STEP = "step", "Step {step} of {steps}";
    EMAIL = "method.email", "E-mail me a code";
    EMAIL_MASKED = "method.email-masked", "E-mail a code to {to}";
    SMS = "method.sms", "Text a code to my phone";
    SMS_MASKED = "method.sms-masked", "Text a code to {to}";
    VOICE = "method.voice", "Call my phone with a code";
    VOICE_MASKED = "method.voice-masked", "Call {to} with a code";
    TOTP = "method.totp", "Use my authenticator app";
    RECOVERY_CODE = "method.recovery-code", "Use a recovery code";
    QUESTIONS = "method.questions", "Answer my security questions";
    NUMBER_TITLE = "number.title", "Confirm your phone number";
    NUMBER_TEXT = "number.text", "Type the whole number of your registered phone, with its country code.";
    NUMBER_LABEL = "number.label", "Phone number";
    NUMBER_EMPTY = "number.empty", "Enter the whole number.";
    NUMBER_SENT = "number.sent", "If that is the registered number, it receives a code now.";
    CODE_TITLE = "code.title", "Enter the code";
    CODE_EMAIL = "code.email", "If an account matches, we have sent a code to its registered e-mail address. It usually arrives within a minute. Look in your junk folder too.";
    CODE_EMAIL_MASKED = "code.email-masked", "We have sent a code to {to}. Look in your junk folder too.";
    CODE_SMS = "code.sms", "If an account matches, we have sent a code to its registered phone.";
    CODE_SMS_MASKED = "code.sms-masked", "We have sent a code to {to}.";
    CODE_VOICE = "code.voice", "If an account matches, we are calling its registered phone with a code.";
    CODE_VOICE_MASKED = "code.voice-masked", "We are calling {to} with a code.";
    CODE_TOTP = "code.totp", "Open your authenticator app and type the code that it shows for us.";
    CODE_RECOVERY = "code.recovery", "Type one of the recovery codes that you saved. Each works once.";
    CODE_LABEL = "code.label", "Code";
    CODE_SUBMIT = "code.submit", "Check";
    CODE_EMPTY = "code.empty", "Enter the code.";
    RESEND = "resend", "Send again";
    RESENT = "resent", "We have sent a new code. The old one no longer works.";
    RESEND_IN = "resend.in", "Send again in {time}";
    OTHER_METHOD = "other-method", "Try another method";
    QUESTIONS_TITLE = "questions.title", "Answer your security questions";
    QUESTIONS_EMPTY = "questions.empty", "Answer every question.";
    PASSWORD_TITLE = "password.title", "Choose a new password";
    PASSWORD_LABEL = "password.label", "New password";
    PASSWORD_SUBMIT = "password.submit", "Set password";
    PASSWORD_EMPTY = "password.empty", "Enter a new password.";
    PASSWORD_REJECTED = "password.rejected", "This password cannot be used.";
    PASSWORD_USERNAME = "password.username", "Account";
    END_SESSIONS = "password.end-sessions", "Sign me out everywhere else";
    UNLOCK_TITLE = "unlock.title", "Unlocking your account…";
    TRY_AGAIN = "try-again", "Try again";
    LINK_CHECKING = "link.checking", "Checking your link…";
    LINK_TITLE = "link.title", "Continue where you left off";
    LINK_TEXT = "link.text", "The link from your e-mail is good. It works once, so continue only on a device that you trust.";
    LINK_SUBMIT = "link.submit", "Continue";
    DONE_RESET_TITLE = "done.reset-title", "Your password is changed";
    DONE_RESET_TEXT = "done.reset-text", "You can now sign in with your new password.";
    DONE_UNLOCK_TITLE = "done.unlock-title", "Your account is unlocked";
    DONE_UNLOCK_TEXT = "done.unlock-text", "You can now sign in with the password that you know.";
    DONE_SIGN_IN = "done.sign-in", "Go to sign-in";
    GONE_TITLE = "gone.title", "Please start again";
    GONE_TEXT = "gone.text", "This reset has ended: its time is over, it was tried too often, or it was continued elsewhere. Nothing was changed.";
    GONE_LINK_TITLE = "gone.link-title", "This link no longer works";
    GONE_LINK_TEXT = "gone.link-text", "It was used already, a newer one was sent, or its time is over.";
    RESTART = "restart", "Start again";
    NOT_OFFERED_TITLE = "not-offered.title", "You cannot do this here";
    NOT_OFFERED_TEXT = "not-offered.text", "Your organisation has not switched on self-service reset. Please contact the helpdesk.";
    CAPTCHA_FAILED = "captcha.failed", "Your browser did not pass a short check. Please try again.";
    BACK = "back", "Back";
    CANCEL = "cancel", "Cancel";
    BUSY = "busy", "One moment…";
    WAITING = "waiting", "This takes longer than usual. You can keep waiting, go back and try again, or contact the helpdesk.";
    HELPDESK = "help.contact", "Contact the helpdesk";
    LINK_SENT_TITLE = "link-sent.title", "Look in your mail";
    LINK_SENT_TEXT = "link-sent.text", "If an account matches, we have sent a link to its registered e-mail address. Open it to go on. It usually arrives within a minute. Look in your junk folder too.";
    TIME_LEFT = "time-left", "Time left: {time}";
    MORE_TIME = "more-time", "I need more time";
}

pub(super) const INCORRECT: Plural = Plural {
    key: "incorrect",
    one: "That is not right, or its time is over. You have one more try.",
    other: "That is not right, or its time is over. You have {count} more tries.",
};
