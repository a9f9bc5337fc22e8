//! Keys, and what they protect: rows are sealed by XChaCha20-Poly1305, names and codes hashed by HMAC-SHA-256.
//! Each purpose has a key of its own, derived from the master key by HMAC, and is bound to what it sealed.

use crate::{Failure, token};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// The one secret of an installation: 32 random bytes. Whoever has it and the database can read every method.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Takes the bytes over.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Tells keys apart, and nothing about them.
    pub fn fingerprint(&self) -> Result<Vec<u8>, Failure> {
        self.hash("fingerprint", &[])
    }

    fn derive(&self, purpose: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
        hmac(&*self.0, &[b"sspr-key-1:", purpose.as_bytes()]).map(Zeroizing::new)
    }

    /// A keyed hash; without the key nobody can try values against it.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&[u8]]) -> Result<Vec<u8>, Failure> {
        let key = self.derive(&format!("hash:{purpose}"))?;
        let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
        let framed: Vec<&[u8]> =
            lengths.iter().zip(parts).flat_map(|(length, part)| [length.as_slice(), part]).collect();
        hmac(&key, &framed)
    }

    /// Seals bytes for a purpose.
    pub(crate) fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        let nonce: [u8; NONCE] = token::random()?;
        let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
        let sealed = self.cipher(purpose)?.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Failure::Internal("sealing"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal_bytes`] sealed for the same purpose.
    pub(crate) fn open_bytes(&self, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let broken = Failure::Internal("a sealed row does not open; is it the right key?");
        let Some((nonce, text)) = sealed.split_at_checked(NONCE) else { return Err(broken) };
        let payload = Payload { msg: text, aad: purpose.as_bytes() };
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Failure::Internal("nonce length"))?;
        let opened = self.cipher(purpose)?.decrypt(&XNonce::from(nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| broken)
    }

    /// Seals a value as JSON.
    pub(crate) fn seal<T: Serialize>(&self, purpose: &str, value: &T) -> Result<Vec<u8>, Failure> {
        let json = serde_json::to_vec(value).map_err(|_| Failure::Internal("writing a record"))?;
        self.seal_bytes(purpose, &Zeroizing::new(json))
    }

    /// Opens a value that [`Self::seal`] sealed.
    pub(crate) fn open<T: DeserializeOwned>(&self, purpose: &str, sealed: &[u8]) -> Result<T, Failure> {
        let json = self.open_bytes(purpose, sealed)?;
        serde_json::from_slice(&json).map_err(|_| Failure::Internal("reading a record"))
    }

    fn cipher(&self, purpose: &str) -> Result<XChaCha20Poly1305, Failure> {
        let key = self.derive(&format!("seal:{purpose}"))?;
        XChaCha20Poly1305::new_from_slice(&key).map_err(|_| Failure::Internal("key length"))
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Result<Vec<u8>, Failure> {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|_| Failure::Internal("key length"))?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::MasterKey;

    #[test]
    fn what_is_sealed_opens_only_for_its_purpose_and_key() {
        let key = MasterKey::new([1; 32]);
        let sealed = key.seal("flow", &"text").unwrap();
        assert_eq!(key.open::<String>("flow", &sealed).unwrap(), "text");
        assert!(key.open::<String>("method", &sealed).is_err());
        assert!(MasterKey::new([2; 32]).open::<String>("flow", &sealed).is_err());
        assert!(key.open::<String>("flow", &sealed[..10]).is_err());
    }

    #[test]
    fn a_hash_keeps_its_parts_apart() {
        let key = MasterKey::new([1; 32]);
        assert_ne!(key.hash("x", &[b"ab", b"c"]).unwrap(), key.hash("x", &[b"a", b"bc"]).unwrap());
    }
}
