//! Argon2id (RFC 9106), as PHC strings.

use crate::{Failure, settings::Hashing, token};
use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::{Output, ParamsString, SaltString},
};
use sspr_core::Secret;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of a hash.
const LENGTH: usize = Params::DEFAULT_OUTPUT_LEN;

/// Hashes at the cost that the settings say.
///
/// The memory of a hash is kept for the next one, so there is as much of it as hashes ever ran at once. Freed, it would stay
/// with the heap of the thread that asked for it (glibc has eight heaps for each processor), and every heap would come to
/// keep its own.
#[derive(Clone)]
pub(crate) struct Hasher {
    cost: Option<Params>,
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Hasher {
    /// Parameters that Argon2 refuses become failures of each call; [`crate::Settings::mistakes`] finds them first.
    pub(crate) fn new(cost: Hashing) -> Self {
        let cost = Params::new(cost.memory, cost.passes, cost.lanes, Some(LENGTH)).ok();
        Self { cost, memory: Arc::default() }
    }

    /// Hashes with a new salt.
    pub(crate) fn hash(&self, password: &Secret) -> Result<String, Failure> {
        let broken = |_| Failure::Internal("hashing");
        let cost = self.cost.clone().ok_or(Failure::Internal("cost of Argon2"))?;
        let salt = token::random::<16>()?;
        let params = ParamsString::try_from(&cost).map_err(broken)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
        let output = self.compute(&argon2, password, &salt, LENGTH).ok_or(Failure::Internal("hashing"))?;
        let salt = SaltString::encode_b64(&salt).map_err(broken)?;
        let hash = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params,
            salt: Some(salt.as_salt()),
            hash: Some(output),
        };
        Ok(hash.to_string())
    }

    /// Compares; where nothing is kept, hashes all the same and says no.
    pub(crate) fn verify(&self, kept: Option<&str>, password: &Secret) -> Result<bool, Failure> {
        match kept.and_then(|kept| PasswordHash::new(kept).ok()) {
            // Two outputs are compared in constant time.
            Some(kept) => Ok(self.again(&kept, password).is_some_and(|output| kept.hash == Some(output))),
            None => self.hash(password).map(|_| false),
        }
    }

    /// Hashes as a kept hash was made; `None` where it is none of Argon2.
    fn again(&self, kept: &PasswordHash<'_>, password: &Secret) -> Option<Output> {
        let algorithm = Algorithm::try_from(kept.algorithm).ok()?;
        let version = kept.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
        let argon2 = Argon2::new(algorithm, version, Params::try_from(kept).ok()?);
        let mut salt = [0; argon2::password_hash::Salt::MAX_LENGTH];
        let salt = kept.salt?.decode_b64(&mut salt).ok()?;
        self.compute(&argon2, password, salt, kept.hash?.len())
    }

    fn compute(&self, argon2: &Argon2<'_>, password: &Secret, salt: &[u8], length: usize) -> Option<Output> {
        let memory = || self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let mut blocks = memory().pop().unwrap_or_default();
        blocks.resize(argon2.params().block_count(), Block::default());
        let (password, blocks_of_this) = (password.expose().as_bytes(), &mut blocks[..]);
        let output = Output::init_with(length, |output| {
            Ok(argon2.hash_password_into_with_memory(password, salt, output, blocks_of_this)?)
        });
        memory().push(blocks);
        output.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::PasswordVerifier;

    const CHEAP: Hashing = Hashing { memory: 8, passes: 1, lanes: 1 };

    fn secret(text: &str) -> Secret {
        Secret::new(text)
    }

    #[test]
    fn a_hash_is_what_argon2_itself_takes_for_the_password() {
        let hash = Hasher::new(CHEAP).hash(&secret("Quiet-Lagoon-97")).expect("a hash");
        let kept = PasswordHash::new(&hash).expect("a PHC string");
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert!(Argon2::default().verify_password(b"Quiet-Lagoon-97", &kept).is_ok());
        assert!(Argon2::default().verify_password(b"Quiet-Lagoon-98", &kept).is_err());
    }

    #[test]
    fn a_password_is_known_again_by_a_hash_of_any_cost() {
        let hasher = Hasher::new(CHEAP);
        for cost in [CHEAP, Hashing { memory: 64, passes: 2, lanes: 2 }, Hashing { memory: 16, ..CHEAP }] {
            let kept = Hasher::new(cost).hash(&secret("right")).expect("a hash");
            assert_eq!(hasher.verify(Some(&kept), &secret("right")).ok(), Some(true), "{kept}");
            assert_eq!(hasher.verify(Some(&kept), &secret("wrong")).ok(), Some(false), "{kept}");
        }
        assert_eq!(hasher.verify(None, &secret("right")).ok(), Some(false));
        assert_eq!(
            hasher.verify(Some("$scrypt$ln=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAA"), &secret("right")).ok(),
            Some(false)
        );
    }

    #[test]
    fn hashes_one_after_the_other_share_their_memory() {
        let hasher = Hasher::new(CHEAP);
        for _ in 0..3 {
            hasher.clone().hash(&secret("right")).expect("a hash");
        }
        assert_eq!(hasher.memory.lock().expect("no panic").len(), 1);
    }
}
