//! Lines over a connection: bounded, ended by CRLF alone, and never across the start of TLS.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio_rustls::TlsAcceptor;

/// The longest line of a command: 512 octets (RFC 5321, 4.5.3.1.4), and room for AUTH (RFC 4954, 4).
const LONGEST_LINE: u64 = 12_288;

/// How long a sender may be silent (RFC 5321, 4.5.3.2.7).
const PATIENCE: Duration = Duration::from_secs(300);

/// Anything that reads and writes: TCP before STARTTLS, TLS after it.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A line without its CRLF, or why it is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Whole(Vec<u8>),
    /// It ended in a bare LF or contains a bare CR, as mails that smuggle a second one do.
    Broken,
    TooLong,
}

pub(super) struct Wire {
    stream: BufReader<Box<dyn Duplex>>,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Duplex>) -> Wire {
        Wire { stream: BufReader::new(stream) }
    }

    /// The next line; `None` when the sender hung up or was silent for too long.
    pub(super) async fn line(&mut self) -> Option<Line> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.stream).take(LONGEST_LINE);
        tokio::time::timeout(PATIENCE, bounded.read_until(b'\n', &mut line)).await.ok()?.ok()?;
        if line.last() != Some(&b'\n') {
            return if line.len() as u64 >= LONGEST_LINE { Some(Line::TooLong) } else { None };
        }
        line.pop();
        if line.pop() != Some(b'\r') || line.contains(&b'\r') {
            return Some(Line::Broken);
        }
        Some(Line::Whole(line))
    }

    pub(super) async fn reply(&mut self, code: u16, text: &str) -> io::Result<()> {
        self.stream.write_all(format!("{code} {text}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    pub(super) async fn reply_lines(&mut self, code: u16, lines: &[String]) -> io::Result<()> {
        let last = lines.len().saturating_sub(1);
        let text: String = lines
            .iter()
            .enumerate()
            .map(|(n, line)| format!("{code}{}{line}\r\n", if n == last { ' ' } else { '-' }))
            .collect();
        self.stream.write_all(text.as_bytes()).await?;
        self.stream.flush().await
    }

    /// Whether the sender has already sent more than it was answered.
    pub(super) fn has_more(&self) -> bool {
        !self.stream.buffer().is_empty()
    }

    /// Goes on inside TLS. The caller has made sure that nothing was sent ahead of it.
    pub(super) async fn secured(self, tls: &TlsAcceptor) -> io::Result<Wire> {
        let secured = tls.accept(self.stream.into_inner()).await?;
        Ok(Wire::new(Box::new(secured)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Wire};

    async fn lines(sent: &'static [u8]) -> Vec<Line> {
        let mut wire = Wire::new(Box::new(tokio::io::join(sent, tokio::io::sink())));
        let mut lines = Vec::new();
        while let Some(line) = wire.line().await {
            let end = line == Line::TooLong;
            lines.push(line);
            if end {
                break;
            }
        }
        lines
    }

    #[tokio::test]
    async fn only_cr_lf_ends_a_line() {
        let expected = [Line::Whole(b"A".to_vec()), Line::Broken, Line::Broken, Line::Whole(Vec::new())];
        assert_eq!(lines(b"A\r\nB\nC\rD\r\n\r\nrest").await, expected);
    }

    #[tokio::test]
    async fn an_endless_line_is_cut_off() {
        static ENDLESS: [u8; 20_000] = [b'x'; 20_000];
        assert_eq!(lines(&ENDLESS).await, [Line::TooLong]);
    }
}
