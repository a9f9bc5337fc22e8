use std::io;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;

use super::Rules;
use super::command::{self, Command};
use super::login::{Login, login};
use super::wire::{Duplex, Line, Wire};
use crate::mail;
use crate::store::Store;

/// Recipients of one mail (RFC 5321, 4.5.3.1.8 asks for at least this many).
const MOST_RECIPIENTS: usize = 100;

/// One connection, from greeting to QUIT.
pub(super) struct Session {
    rules: Arc<Rules>,
    store: Arc<Store>,
    greeted: bool,
    secured: bool,
    signed_in: bool,
    /// The recipients of the mail under way; `None` before MAIL.
    envelope: Option<Vec<String>>,
}

/// What happens to the connection after a command.
enum Next {
    Go,
    Secure,
    Close,
}

/// The text between DATA and the final dot.
enum Text {
    Whole(Vec<u8>),
    /// A line ended in something else than CRLF.
    Broken,
    TooLarge,
}

impl Session {
    pub(super) fn new(rules: Arc<Rules>, store: Arc<Store>) -> Session {
        Session { rules, store, greeted: false, secured: false, signed_in: false, envelope: None }
    }

    /// Serves one sender until it quits or the connection breaks, which needs no word.
    pub(super) async fn run(mut self, stream: Box<dyn Duplex>, tls: TlsAcceptor) {
        self.converse(Wire::new(stream), tls).await.ok();
    }

    async fn converse(&mut self, mut wire: Wire, tls: TlsAcceptor) -> io::Result<()> {
        wire.reply(220, "localhost ESMTP sspr-mailbox").await?;
        loop {
            let line = match wire.line().await {
                Some(Line::Whole(line)) => line,
                Some(Line::Broken) => {
                    wire.reply(500, "5.5.2 lines end in CRLF").await?;
                    continue;
                }
                Some(Line::TooLong) => return wire.reply(500, "5.5.2 the line is too long").await,
                None => return Ok(()),
            };
            let command = match command::read(&line) {
                Ok(command) => command,
                Err(bad) => {
                    let sentence = bad.to_string();
                    let (code, text) = sentence.split_at(4);
                    wire.reply(code.trim().parse().unwrap_or(500), text).await?;
                    continue;
                }
            };
            match self.obey(&mut wire, command).await? {
                Next::Go => {}
                Next::Close => return Ok(()),
                Next::Secure => {
                    wire = wire.secured(&tls).await?;
                    (self.secured, self.greeted, self.envelope) = (true, false, None);
                }
            }
        }
    }

    async fn obey(&mut self, wire: &mut Wire, command: Command) -> io::Result<Next> {
        match command {
            Command::Ehlo => {
                (self.greeted, self.envelope) = (true, None);
                wire.reply_lines(250, &self.extensions()).await?;
            }
            Command::Helo => {
                (self.greeted, self.envelope) = (true, None);
                wire.reply(250, "localhost").await?;
            }
            Command::StartTls if self.secured => wire.reply(503, "5.5.1 TLS is on").await?,
            Command::StartTls if wire.has_more() => {
                // Whatever was sent along would be read as if it had come through TLS.
                wire.reply(501, "5.5.1 nothing may follow STARTTLS").await?;
                return Ok(Next::Close);
            }
            Command::StartTls => {
                wire.reply(220, "2.0.0 go ahead").await?;
                return Ok(Next::Secure);
            }
            Command::Auth(mechanism, first) => return self.sign_in(wire, &mechanism, first).await,
            Command::Mail(size) => self.begin(wire, size).await?,
            Command::Recipient(to) => self.add_recipient(wire, to).await?,
            Command::Data => return self.take(wire).await,
            Command::Reset => {
                self.envelope = None;
                wire.reply(250, "2.0.0 forgotten").await?;
            }
            Command::Noop => wire.reply(250, "2.0.0 fine").await?,
            Command::Quit => {
                wire.reply(221, "2.0.0 goodbye").await?;
                return Ok(Next::Close);
            }
        }
        Ok(Next::Go)
    }

    fn extensions(&self) -> Vec<String> {
        let mut lines = vec!["localhost".to_owned(), format!("SIZE {}", self.rules.size_limit)];
        lines.extend(["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"].map(str::to_owned));
        if !self.secured {
            lines.push("STARTTLS".to_owned());
        } else if self.rules.credentials.is_some() {
            lines.push("AUTH PLAIN LOGIN".to_owned());
        }
        lines
    }

    async fn sign_in(&mut self, wire: &mut Wire, mechanism: &str, first: Option<String>) -> io::Result<Next> {
        let rules = self.rules.clone();
        let Some(expected) = &rules.credentials else {
            wire.reply(502, "5.5.1 no credentials are asked for").await?;
            return Ok(Next::Go);
        };
        if !self.secured {
            wire.reply(538, "5.7.11 STARTTLS first").await?;
            return Ok(Next::Go);
        }
        match login(wire, expected, mechanism, first).await? {
            Login::Accepted => {
                self.signed_in = true;
                wire.reply(235, "2.7.0 welcome").await?;
            }
            Login::Wrong => wire.reply(535, "5.7.8 wrong user name or password").await?,
            Login::Unknown => wire.reply(504, "5.5.4 PLAIN or LOGIN").await?,
            Login::Abandoned => wire.reply(501, "5.5.2 given up").await?,
        }
        Ok(Next::Go)
    }

    async fn begin(&mut self, wire: &mut Wire, size: Option<usize>) -> io::Result<()> {
        if !self.greeted {
            return wire.reply(503, "5.5.1 EHLO first").await;
        }
        if self.rules.credentials.is_some() && !self.signed_in {
            return wire.reply(530, "5.7.0 sign in first").await;
        }
        if self.envelope.is_some() {
            return wire.reply(503, "5.5.1 one mail at a time").await;
        }
        if size.is_some_and(|size| size > self.rules.size_limit) {
            return wire.reply(552, "5.3.4 too large").await;
        }
        self.envelope = Some(Vec::new());
        wire.reply(250, "2.1.0 fine").await
    }

    async fn add_recipient(&mut self, wire: &mut Wire, to: String) -> io::Result<()> {
        let Some(recipients) = &mut self.envelope else {
            return wire.reply(503, "5.5.1 MAIL first").await;
        };
        if let Some(code) = self.store.faults().mail_reply {
            return wire.reply(code, "a fault asked for by a test").await;
        }
        if recipients.len() >= MOST_RECIPIENTS {
            return wire.reply(452, "4.5.3 too many recipients").await;
        }
        recipients.push(to);
        wire.reply(250, "2.1.5 fine").await
    }

    async fn take(&mut self, wire: &mut Wire) -> io::Result<Next> {
        let Some(recipients) = self.envelope.take().filter(|recipients| !recipients.is_empty()) else {
            wire.reply(503, "5.5.1 RCPT first").await?;
            return Ok(Next::Go);
        };
        wire.reply(354, "end with a dot alone on a line").await?;
        let Some(text) = text(wire, self.rules.size_limit).await else { return Ok(Next::Close) };

        let faults = self.store.faults();
        tokio::time::sleep(faults.delay).await;
        let raw = match text {
            Text::Whole(raw) => raw,
            Text::TooLarge => {
                wire.reply(552, "5.3.4 too large").await?;
                return Ok(Next::Go);
            }
            Text::Broken => {
                wire.reply(554, "5.6.0 lines end in CRLF").await?;
                return Ok(Next::Go);
            }
        };
        match mail::read(&raw) {
            Ok(mail) => self.store.keep_mail(&recipients, &mail),
            Err(bad) => {
                wire.reply(554, &format!("5.6.0 {bad}")).await?;
                return Ok(Next::Go);
            }
        }
        if faults.lose_answers {
            return Ok(Next::Close);
        }
        wire.reply(250, "2.0.0 kept").await?;
        Ok(Next::Go)
    }
}

/// Reads up to the final dot, takes away the dots that were doubled (RFC 5321, 4.5.2), and holds no more than `limit`
/// bytes. `None` when the connection broke.
async fn text(wire: &mut Wire, limit: usize) -> Option<Text> {
    let (mut raw, mut broken, mut too_large) = (Vec::new(), false, false);
    loop {
        let line = match wire.line().await? {
            Line::Whole(line) if line == b"." => break,
            Line::Whole(line) => line,
            Line::Broken => {
                broken = true;
                continue;
            }
            // The rest of the line is read as lines of its own; the mail is refused either way.
            Line::TooLong => {
                too_large = true;
                continue;
            }
        };
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if raw.len() + line.len() + 2 > limit {
            too_large = true;
        } else {
            raw.extend_from_slice(line);
            raw.extend_from_slice(b"\r\n");
        }
    }
    Some(if broken {
        Text::Broken
    } else if too_large {
        Text::TooLarge
    } else {
        Text::Whole(raw)
    })
}
