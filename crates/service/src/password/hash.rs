//! Argon2id (RFC 9106), as PHC strings.

use crate::{Failure, settings::Hashing, token};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::SaltString,
};
use sspr_core::Secret;

/// Hashes at the cost that the settings say.
#[derive(Clone)]
pub(crate) struct Hasher(Option<Params>);

impl Hasher {
    /// Parameters that Argon2 refuses become failures of each call; [`crate::Settings::mistakes`] finds them first.
    pub(crate) fn new(cost: Hashing) -> Self {
        Self(Params::new(cost.memory, cost.passes, cost.lanes, None).ok())
    }

    fn argon2(&self) -> Result<Argon2<'static>, Failure> {
        let params = self.0.clone().ok_or(Failure::Internal("cost of Argon2"))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Hashes with a new salt.
    pub(crate) fn hash(&self, password: &Secret) -> Result<String, Failure> {
        let broken = |_| Failure::Internal("hashing");
        let salt = SaltString::encode_b64(&token::random::<16>()?).map_err(broken)?;
        let hash = self.argon2()?.hash_password(password.expose().as_bytes(), &salt).map_err(broken)?;
        Ok(hash.to_string())
    }

    /// Compares; where nothing is kept, hashes all the same and says no.
    pub(crate) fn verify(&self, kept: Option<&str>, password: &Secret) -> Result<bool, Failure> {
        match kept.and_then(|kept| PasswordHash::new(kept).ok()) {
            Some(kept) => Ok(self.argon2()?.verify_password(password.expose().as_bytes(), &kept).is_ok()),
            None => self.hash(password).map(|_| false),
        }
    }
}
