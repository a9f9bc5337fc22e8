//! AUTH PLAIN (RFC 4616) and AUTH LOGIN.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::wire::{Line, Wire};

/// How an attempt to sign in ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Login {
    Accepted,
    Wrong,
    /// The mechanism is none of ours.
    Unknown,
    /// The sender gave up, or what it sent is no base64.
    Abandoned,
}

/// Holds the conversation after `AUTH mechanism [first]`. `Err` when the connection broke.
pub(super) async fn login(
    wire: &mut Wire,
    expected: &(String, String),
    mechanism: &str,
    first: Option<String>,
) -> io::Result<Login> {
    let given = match mechanism {
        "PLAIN" => {
            let Some(answer) = answer(wire, first, "").await? else { return Ok(Login::Abandoned) };
            let mut parts = answer.splitn(3, |byte| *byte == 0).skip(1).map(<[u8]>::to_vec);
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
        }
        "LOGIN" => {
            // The prompts are “Username:” and “Password:”, as senders expect them.
            let Some(user) = answer(wire, first, "VXNlcm5hbWU6").await? else { return Ok(Login::Abandoned) };
            let Some(password) = answer(wire, None, "UGFzc3dvcmQ6").await? else {
                return Ok(Login::Abandoned);
            };
            (user, password)
        }
        _ => return Ok(Login::Unknown),
    };
    let right = given.0 == expected.0.as_bytes() && given.1 == expected.1.as_bytes();
    Ok(if right { Login::Accepted } else { Login::Wrong })
}

async fn answer(wire: &mut Wire, first: Option<String>, prompt: &str) -> io::Result<Option<Vec<u8>>> {
    let encoded = match first {
        Some(first) => first.into_bytes(),
        None => {
            wire.reply(334, prompt).await?;
            match wire.line().await {
                Some(Line::Whole(line)) => line,
                Some(Line::Broken | Line::TooLong) => return Ok(None),
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
    };
    Ok(STANDARD.decode(encoded).ok())
}
