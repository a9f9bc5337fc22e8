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

/// 32 random bytes that are wiped when dropped.
pub type KeyBytes = Zeroizing<[u8; 32]>;

/// The one secret of an installation. Whoever has it and the database can read every method.
///
/// Its first 32 bytes name and hash for good: what was hashed cannot be hashed again by others, since nobody kept what was
/// typed. What is sealed can be sealed anew, so sealing goes by bytes that an administrator replaces now and then; a
/// recovery code or an answer can therefore only be tried by who has both.
#[derive(Clone)]
pub struct MasterKey {
    root: KeyBytes,
    /// Seals.
    current: KeyBytes,
    /// Open what they sealed, or what a node seals that is ahead of us.
    others: Vec<KeyBytes>,
}

/// What is kept sealed, and so what its seal is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// A registered method, by its id.
    Method,
    /// A recovery, by its id.
    Flow,
    /// A message that waits.
    Message,
    /// The answer to a request that may be repeated.
    Answer,
}

impl Sealed {
    pub(crate) fn purpose(self, id: &str) -> String {
        match self {
            Self::Method => format!("method:{id}"),
            Self::Flow => format!("flow:{id}"),
            Self::Message => "message".into(),
            Self::Answer => "answer".into(),
        }
    }
}

impl MasterKey {
    /// Takes the bytes over, for everything.
    pub fn new(bytes: [u8; 32]) -> Self {
        let root = Zeroizing::new(bytes);
        Self { current: root.clone(), root, others: Vec::new() }
    }

    /// Seals by other bytes than it names by. The root opens as well.
    #[must_use]
    pub fn sealing_by(self, current: KeyBytes, mut others: Vec<KeyBytes>) -> Self {
        others.push(self.root.clone());
        Self { root: self.root, current, others }
    }

    /// Also opens what these sealed.
    #[must_use]
    pub fn also_opening_by(self, others: Vec<KeyBytes>) -> Self {
        Self { others, ..self }
    }

    /// Tells installations apart, and nothing about their keys.
    pub fn fingerprint(&self) -> Result<Vec<u8>, Failure> {
        self.hash("fingerprint", &[])
    }

    /// What another of the keys sealed, sealed by the current one; `None` where it is already.
    pub fn reseal(&self, what: Sealed, id: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, Failure> {
        let purpose = what.purpose(id);
        if open_by(&self.current, &purpose, sealed)?.is_some() {
            return Ok(None);
        }
        let opened = self.open_bytes(&purpose, sealed)?;
        self.seal_bytes(&purpose, &opened).map(Some)
    }

    /// A keyed hash; without the key nobody can try values against it.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&[u8]]) -> Result<Vec<u8>, Failure> {
        let key = derive(&self.root, &format!("hash:{purpose}"))?;
        let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
        let framed: Vec<&[u8]> =
            lengths.iter().zip(parts).flat_map(|(length, part)| [length.as_slice(), part]).collect();
        hmac(&key, &framed)
    }

    /// Seals bytes for a purpose.
    pub(crate) fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        let nonce: [u8; NONCE] = token::random()?;
        let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
        let sealed = cipher(&self.current, purpose)?.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Failure::Internal("sealing"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal_bytes`] sealed for the same purpose.
    pub(crate) fn open_bytes(&self, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        for key in [&self.current].into_iter().chain(&self.others) {
            if let Some(opened) = open_by(key, purpose, sealed)? {
                return Ok(opened);
            }
        }
        Err(Failure::Internal("a sealed row does not open; is it the right key?"))
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
}

/// `None` where another key sealed it, or nobody did.
fn open_by(key: &KeyBytes, purpose: &str, sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let Some((nonce, text)) = sealed.split_at_checked(NONCE) else { return Ok(None) };
    let payload = Payload { msg: text, aad: purpose.as_bytes() };
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Failure::Internal("nonce length"))?;
    Ok(cipher(key, purpose)?.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new))
}

fn cipher(key: &KeyBytes, purpose: &str) -> Result<XChaCha20Poly1305, Failure> {
    let key = derive(key, &format!("seal:{purpose}"))?;
    XChaCha20Poly1305::new_from_slice(&key).map_err(|_| Failure::Internal("key length"))
}

fn derive(key: &KeyBytes, purpose: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    hmac(&**key, &[b"sspr-key-1:", purpose.as_bytes()]).map(Zeroizing::new)
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Result<Vec<u8>, Failure> {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|_| Failure::Internal("key length"))?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::{MasterKey, Sealed};
    use zeroize::Zeroizing;

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
    fn a_replaced_key_still_opens_and_what_it_sealed_is_sealed_anew() {
        let old = MasterKey::new([1; 32]);
        let new = MasterKey::new([1; 32]).sealing_by(Zeroizing::new([2; 32]), Vec::new());
        let sealed = old.seal("method:7", &"text").unwrap();
        assert_eq!(new.open::<String>("method:7", &sealed).unwrap(), "text");
        let anew = new.reseal(Sealed::Method, "7", &sealed).unwrap().expect("the root sealed it");
        assert_eq!(new.open::<String>("method:7", &anew).unwrap(), "text");
        assert!(old.open::<String>("method:7", &anew).is_err(), "the old key alone reads nothing any more");
        assert_eq!(new.reseal(Sealed::Method, "7", &anew).unwrap(), None);
        assert!(new.reseal(Sealed::Method, "8", &sealed).is_err(), "a seal belongs to its row");
        assert_eq!(old.hash("x", &[b"a"]).unwrap(), new.hash("x", &[b"a"]).unwrap(), "names stay");
        let next = MasterKey::new([1; 32]).sealing_by(Zeroizing::new([3; 32]), vec![Zeroizing::new([2; 32])]);
        assert_eq!(next.open::<String>("method:7", &anew).unwrap(), "text");
    }

    #[test]
    fn a_hash_keeps_its_parts_apart() {
        let key = MasterKey::new([1; 32]);
        assert_ne!(key.hash("x", &[b"ab", b"c"]).unwrap(), key.hash("x", &[b"a", b"bc"]).unwrap());
    }
}
