//! Time-based codes (RFC 6238): SHA-1, 30 seconds, 6 digits, what every authenticator app speaks.

use crate::{Failure, token};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

const STEP: u64 = 30;

/// A new secret of 160 bits (RFC 4226 §4, R6), in base32.
pub(crate) fn secret() -> Result<String, Failure> {
    Ok(BASE32_NOPAD.encode(&token::random::<20>()?))
}

/// The `otpauth:` address that apps read from a QR code.
pub(crate) fn uri(secret: &str, issuer: &str, account: &str) -> String {
    let (issuer, account) = (percent(issuer), percent(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

fn percent(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The code of a step (RFC 4226 §5.3).
fn code(key: &[u8], step: u64) -> Option<String> {
    let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 15);
    let word: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000))
}

/// Whether codes can be made of a secret: base32 of at least one byte.
pub(crate) fn is_secret(secret: &str) -> bool {
    key(secret).is_some_and(|key| !key.is_empty())
}

fn key(secret: &str) -> Option<Vec<u8>> {
    BASE32_NOPAD.decode(secret.trim_end_matches('=').to_ascii_uppercase().as_bytes()).ok()
}

/// The step whose code was typed: now or one step either way, and later than the last one that was used.
pub(crate) fn matching_step(secret: &str, typed: &str, now: i64, used: Option<u64>) -> Option<u64> {
    let key = key(secret)?;
    let step = u64::try_from(now).ok()? / STEP;
    let mut found = None;
    for candidate in step.saturating_sub(1)..=step + 1 {
        let equal = code(&key, candidate)?.as_bytes().ct_eq(typed.as_bytes());
        if bool::from(equal) && used.is_none_or(|used| candidate > used) {
            found = Some(candidate);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_6238_appendix_b_hold() {
        let key = b"12345678901234567890";
        for (time, expected) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(key, time / STEP).unwrap(), expected);
        }
    }

    #[test]
    fn a_step_counts_once_and_one_step_of_drift_is_taken() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        assert_eq!(matching_step(&secret, "287082", 59 + 30, None), Some(1));
        assert_eq!(matching_step(&secret, "287082", 59 + 60, None), None);
        assert_eq!(matching_step(&secret, "287082", 59, Some(1)), None);
    }
}
