//! SMTP commands as values.

/// What a sender asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Ehlo,
    Helo,
    StartTls,
    /// The mechanism in capitals, and the first answer when it came along.
    Auth(String, Option<String>),
    /// The size that the sender announced, in bytes.
    Mail(Option<usize>),
    /// The recipient's address.
    Recipient(String),
    Data,
    Reset,
    Noop,
    Quit,
}

/// Why a command is none, with the reply it gets.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadCommand {
    #[error("500 5.5.2 no such command")]
    Unknown,
    #[error("501 5.5.4 the argument is not understood")]
    Argument,
    #[error("501 5.1.3 that is no address")]
    Address,
}

/// Reads one line without its CRLF.
pub(super) fn read(line: &[u8]) -> Result<Command, BadCommand> {
    let line = std::str::from_utf8(line).map_err(|_| BadCommand::Argument)?;
    if line.chars().any(char::is_control) {
        return Err(BadCommand::Argument);
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match (verb.to_ascii_uppercase().as_str(), rest.is_empty()) {
        ("EHLO", false) => Ok(Command::Ehlo),
        ("HELO", false) => Ok(Command::Helo),
        ("STARTTLS", true) => Ok(Command::StartTls),
        ("AUTH", false) => {
            let (mechanism, first) = rest.split_once(' ').map_or((rest, None), |(m, f)| (m, Some(f.trim())));
            Ok(Command::Auth(mechanism.to_ascii_uppercase(), first.map(str::to_owned)))
        }
        ("MAIL", false) => {
            let (sender, parameters) = path(rest, "FROM:")?;
            if !sender.is_empty() && !is_address(sender) {
                return Err(BadCommand::Address);
            }
            Ok(Command::Mail(size(parameters)?))
        }
        ("RCPT", false) => {
            let (to, _) = path(rest, "TO:")?;
            if is_address(to) { Ok(Command::Recipient(to.to_owned())) } else { Err(BadCommand::Address) }
        }
        ("DATA", true) => Ok(Command::Data),
        ("RSET", true) => Ok(Command::Reset),
        ("NOOP", _) => Ok(Command::Noop),
        ("QUIT", true) => Ok(Command::Quit),
        ("EHLO" | "HELO" | "STARTTLS" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "RSET" | "QUIT", _) => {
            Err(BadCommand::Argument)
        }
        _ => Err(BadCommand::Unknown),
    }
}

/// `FROM:<address> PARAMETERS`, split.
fn path<'a>(rest: &'a str, keyword: &str) -> Result<(&'a str, &'a str), BadCommand> {
    let given = rest.get(..keyword.len()).filter(|k| k.eq_ignore_ascii_case(keyword));
    let after = given.and_then(|_| rest.get(keyword.len()..)).ok_or(BadCommand::Argument)?;
    let inner = after.trim_start().strip_prefix('<').ok_or(BadCommand::Argument)?;
    let (address, parameters) = inner.split_once('>').ok_or(BadCommand::Argument)?;
    if !parameters.is_empty() && !parameters.starts_with(' ') {
        return Err(BadCommand::Argument);
    }
    Ok((address, parameters.trim()))
}

/// The lengths are those of RFC 5321, 4.5.3.1. Quoted local parts are not taken: nothing of ours sends them, and they
/// are how a second recipient is smuggled in.
fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let forbidden = |c: char| c.is_whitespace() || "<>()[]\\,;:\"@".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(forbidden)
        && !domain.is_empty()
        && domain.len() <= 255
        && !domain.contains(forbidden)
}

fn size(parameters: &str) -> Result<Option<usize>, BadCommand> {
    let announced = parameters.split(' ').find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.eq_ignore_ascii_case("SIZE").then_some(value)
    });
    announced.map(|value| value.parse().map_err(|_| BadCommand::Argument)).transpose()
}

#[cfg(test)]
mod tests {
    use super::{BadCommand, Command, read};
    use proptest::prelude::*;

    #[test]
    fn a_recipient_is_read_with_its_parameters() {
        let command = read(b"rcpt to:<a.b+c@example.org> NOTIFY=NEVER");
        assert_eq!(command, Ok(Command::Recipient("a.b+c@example.org".to_owned())));
    }

    #[test]
    fn the_announced_size_is_read_and_an_empty_sender_is_fine() {
        assert_eq!(read(b"MAIL FROM:<> BODY=8BITMIME SIZE=12"), Ok(Command::Mail(Some(12))));
        assert_eq!(read(b"MAIL FROM:<a@b> SIZE=many"), Err(BadCommand::Argument));
    }

    #[test]
    fn addresses_that_smuggle_something_are_refused() {
        let smuggling: [&[u8]; 6] = [
            b"RCPT TO:<a@example.org,b@example.org>",
            b"RCPT TO:<\"a b\"@example.org>",
            b"RCPT TO:<a@example.org>,<b@example.org>",
            b"RCPT TO:<a@b@example.org>",
            b"RCPT TO:<a@example.org\0>",
            b"RCPT TO:a@example.org",
        ];
        for line in smuggling {
            assert!(read(line).is_err(), "{}", String::from_utf8_lossy(line));
        }
    }

    proptest! {
        #[test]
        fn no_line_panics(line in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&line).ok();
        }

        #[test]
        fn no_line_that_looks_like_a_command_panics(line in "(MAIL|RCPT|AUTH|EHLO) ?(FROM:|TO:|é)?.{0,40}") {
            read(line.as_bytes()).ok();
        }
    }
}
