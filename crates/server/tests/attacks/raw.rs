//! A connection on which anything can be written, also what no client would.

use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};

pub(crate) struct Raw(TcpStream);

impl Raw {
    pub(crate) async fn open(address: &str) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes).await
    }

    /// Everything that comes until the other end closes; the second is whether it did.
    pub(crate) async fn read_to_end(&mut self, patience: Duration) -> (String, bool) {
        let (until, mut bytes, mut part) = (Instant::now() + patience, Vec::new(), [0; 8192]);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match timeout(left, self.0.read(&mut part)).await {
                Err(_) => return (String::from_utf8_lossy(&bytes).into_owned(), false),
                Ok(Ok(0) | Err(_)) => return (String::from_utf8_lossy(&bytes).into_owned(), true),
                Ok(Ok(count)) => bytes.extend(&part[..count]),
            }
        }
    }

    /// Writes a byte now and then until the other end has enough of it; how long it had not, or `None` beyond `patience`.
    pub(crate) async fn drip(&mut self, bytes: &[u8], patience: Duration) -> Option<Duration> {
        let began = Instant::now();
        let mut part = [0; 1024];
        for byte in bytes.iter().cycle() {
            if began.elapsed() > patience {
                return None;
            }
            if self.write(&[*byte]).await.is_err() {
                break;
            }
            // An answer before the request is whole means the same: it has enough.
            if let Ok(Ok(0) | Err(_)) = timeout(Duration::from_millis(100), self.0.read(&mut part)).await {
                break;
            }
        }
        Some(began.elapsed())
    }
}

/// Sends a request as it stands and gives all that comes back before the connection ends.
pub(crate) async fn exchange(address: &str, request: &str) -> (String, bool) {
    let mut raw = Raw::open(address).await;
    // Who is refused early may not be able to write all of it.
    let _ = raw.write(request.as_bytes()).await;
    raw.read_to_end(Duration::from_millis(700)).await
}

/// The statuses of all answers in what came back.
pub(crate) fn statuses(text: &str) -> Vec<u16> {
    text.split("HTTP/1.1 ").skip(1).filter_map(|rest| rest.get(..3)?.parse().ok()).collect()
}
