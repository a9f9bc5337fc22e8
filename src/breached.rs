//! Whether a new password is on a list of leaked ones: asked when the person leaves the field, never with every key, and
//! only five digits of its SHA-1 go out.

use crate::{backend::BreachedRanges, hex::push_hex};
use js_sys::{ArrayBuffer, Uint8Array};
use sspr_core::{
    Secret,
    policy::breached::{Leaked, look_up, split},
};
use wasm_bindgen_futures::JsFuture;

/// What is known of a password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// Nobody was asked: the password is not finished, or this page has no SHA-1. The server decides.
    #[default]
    Unasked,
    /// The list answered: whether the password is on it.
    Answered(bool),
    /// The list did not answer, which holds nobody up.
    Skipped,
}

impl Check {
    /// What a policy is told.
    pub fn breached(self) -> Option<bool> {
        match self {
            Self::Answered(found) => Some(found),
            Self::Unasked | Self::Skipped => None,
        }
    }
}

/// Asks the list at an address, to whose end the digits go. The password is in NFC.
pub async fn ask(ranges: &dyn BreachedRanges, address: &str, password: &Secret) -> Check {
    let Some(digits) = sha1(password).await else { return Check::Unasked };
    let Some((prefix, rest)) = split(digits.expose()) else { return Check::Unasked };
    let answer = ranges.range(&[address, &prefix.to_ascii_uppercase()].concat()).await;
    match answer.map_or(Leaked::Unreadable, |answer| look_up(&answer, rest)) {
        Leaked::Found(_) => Check::Answered(true),
        Leaked::NotFound => Check::Answered(false),
        Leaked::Unreadable => Check::Skipped,
    }
}

/// In hexadecimal digits; `None` on a page without TLS, to which browsers give no digests.
async fn sha1(password: &Secret) -> Option<Secret> {
    let crypto = web_sys::window()?.crypto().ok()?;
    let digest = crypto.subtle().digest_with_str_and_u8_array("SHA-1", password.expose().as_bytes()).ok()?;
    let digest: ArrayBuffer = JsFuture::from(digest).await.ok()?.into();
    let mut digits = String::with_capacity(40);
    push_hex(&mut digits, &Uint8Array::new(&digest).to_vec());
    Some(digits.into())
}
