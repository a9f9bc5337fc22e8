//! Random names: tokens of 256 bits, and UUIDs of rows.

use crate::Failure;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use sspr_core::Secret;

/// Random bytes of the operating system or the browser.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Failure::Internal("randomness"))?;
    Ok(bytes)
}

/// A token of 43 characters, all of them fit for a header and a fragment.
pub(crate) fn token() -> Result<Secret, Failure> {
    Ok(from_bytes(&random::<32>()?))
}

/// Bytes that nobody can guess, as a token.
pub(crate) fn from_bytes(bytes: &[u8]) -> Secret {
    Secret::new(BASE64URL_NOPAD.encode(bytes))
}

/// What the store keeps of a token. It has 256 bits, so a plain hash is enough.
pub(crate) fn hash(token: &Secret) -> Vec<u8> {
    Sha256::digest(token.expose().as_bytes()).to_vec()
}

/// A random UUID.
pub(crate) fn id() -> Result<String, Failure> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid().to_string())
}
