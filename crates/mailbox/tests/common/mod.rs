//! A line-by-line sender, for what no well-behaved client does, and a plain HTTP client.
#![allow(
    clippy::unwrap_used,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "shared by two test programs"
)]

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

pub struct Sender(BufReader<TcpStream>);

impl Sender {
    /// Connects and reads the greeting.
    pub async fn connect(to: SocketAddr) -> Sender {
        let mut sender = Sender(BufReader::new(TcpStream::connect(to).await.unwrap()));
        assert!(sender.reply().await.starts_with("220 "));
        sender
    }

    pub async fn write(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// The last line of the next reply; empty when the connection is closed.
    pub async fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).await.unwrap_or(0) == 0 {
                return String::new();
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Sends one line and returns the code of its reply.
    pub async fn says(&mut self, line: &str) -> u16 {
        self.write(format!("{line}\r\n").as_bytes()).await;
        self.reply().await.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0)
    }

    /// Sends everything up to the final dot for one recipient and returns the code of the last reply.
    pub async fn delivers(&mut self, to: &str, text: &str) -> u16 {
        assert_eq!(self.says("MAIL FROM:<sender@example.org>").await, 250);
        assert_eq!(self.says(&format!("RCPT TO:<{to}>")).await, 250);
        assert_eq!(self.says("DATA").await, 354);
        self.says(&format!("{text}\r\n.")).await
    }
}

/// One HTTP request; the status and the body.
pub async fn http(to: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(to).await.unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}
