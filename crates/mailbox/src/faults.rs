use std::time::Duration;

/// What goes wrong on purpose, for tests of the sender. The default is a mailbox that works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// New SMTP connections are closed without a word, and the gateway answers 503.
    pub refuse: bool,
    /// How long each mail and each gateway request waits before its answer.
    pub delay: Duration,
    /// The SMTP reply to every recipient instead of 250: 400–499 asks for another attempt, 500–599 is final.
    pub mail_reply: Option<u16>,
    /// The HTTP status of the gateway instead of 202.
    pub gateway_status: Option<u16>,
    /// The message is kept, but its sender never learns so: the SMTP connection breaks, the gateway answers 504.
    pub lose_answers: bool,
}
