//! Trying out an address without sending anything to anybody: its headers are asked for (HEAD).

use reqwest::{RequestBuilder, header::DATE};

/// What the other side answered.
pub(crate) struct Headers {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Its clock, where it told.
    pub(crate) time: Option<jiff::Timestamp>,
}

/// Sends a request for headers.
pub(super) async fn headers(request: RequestBuilder) -> Result<Headers, &'static str> {
    // The error itself may repeat the address, which may hold a key.
    let answer = request.send().await.map_err(|error| {
        if error.is_timeout() { "it did not answer in time" } else { "it cannot be reached, or TLS fails" }
    })?;
    let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
    let time = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()).map(|it| it.timestamp());
    Ok(Headers { status: answer.status().as_u16(), time })
}
