//! The file of the key that everything secret in the database is sealed with.
//!
//! One line for each key, 64 hexadecimal digits, the oldest first. The first is also what names are hashed by, and stays for
//! good. The last seals, or the one before it while the last is only `prepared`, which all nodes must be able to open by
//! before one of them seals by it. All of them open.

use super::secrets::{SecretError, create_private, read_private, replace_private};
use sspr_service::{KeyBytes, MasterKey};
use std::{
    io::{self, ErrorKind},
    path::Path,
};
use zeroize::Zeroizing;

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// Follows a key that does not seal yet.
const PREPARED: &str = " prepared";

/// Why the keys cannot be replaced so.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file.
    #[error(transparent)]
    File(#[from] SecretError),
    /// There is one that does not seal yet.
    #[error(
        "a key is prepared already; give the file to all nodes, restart them, then run `sspr-server key use`"
    )]
    PreparedAlready,
    /// There is none.
    #[error("no key is prepared; run `sspr-server key prepare` first")]
    NonePrepared,
}

/// What stands in it.
pub struct KeyFile {
    keys: Vec<KeyBytes>,
    prepared: bool,
}

impl KeyFile {
    /// Reads the file, or makes one with one key.
    pub fn load_or_create(path: &Path) -> Result<Self, SecretError> {
        match read_private(path) {
            Err(SecretError::File { source, .. }) if source.kind() == ErrorKind::NotFound => {
                let failed = |source| SecretError::File { path: path.to_owned(), source };
                let new = Self { keys: vec![random().map_err(failed)?], prepared: false };
                create_private(path, new.text().as_bytes()).map_err(failed)?;
                Ok(new)
            }
            text => Self::parse(&text?).ok_or_else(|| SecretError::NoKey { path: path.to_owned() }),
        }
    }

    /// Reads the file, which must be there.
    pub fn load(path: &Path) -> Result<Self, SecretError> {
        Self::parse(&read_private(path)?).ok_or_else(|| SecretError::NoKey { path: path.to_owned() })
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let last = lines.pop()?;
        let (last, prepared) = last.strip_suffix(PREPARED).map_or((last, false), |key| (key, true));
        lines.push(last);
        let keys = lines.into_iter().map(decode).collect::<Option<Vec<_>>>()?;
        // The only one there is must seal.
        (!prepared || keys.len() > 1).then_some(Self { keys, prepared })
    }

    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        for (number, key) in self.keys.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            key.iter().for_each(|byte| text.push_str(&format!("{byte:02x}")));
        }
        if self.prepared {
            text.push_str(PREPARED);
        }
        text.push('\n');
        text
    }

    /// Writes it in place of the old one, which is either there or replaced whole.
    pub fn replace(&self, path: &Path) -> Result<(), SecretError> {
        replace_private(path, self.text().as_bytes())
            .map_err(|source| SecretError::File { path: path.to_owned(), source })
    }

    /// The key for the rules.
    pub fn key(&self) -> MasterKey {
        let root = self.keys.first().map_or([0; KEY_BYTES], |root| **root);
        let seals = self.sealing();
        let others = self.keys.iter().enumerate().skip(1).filter(|(number, _)| *number != seals);
        let others = others.map(|(_, key)| key.clone()).collect();
        match self.keys.get(seals) {
            Some(current) if seals > 0 => MasterKey::new(root).sealing_by(current.clone(), others),
            _ => MasterKey::new(root).also_opening_by(others),
        }
    }

    fn sealing(&self) -> usize {
        self.keys.len() - 1 - usize::from(self.prepared)
    }

    /// Adds a key that all can open by, and nobody seals by yet.
    pub fn prepare(&mut self) -> Result<(), KeyError> {
        if self.prepared {
            return Err(KeyError::PreparedAlready);
        }
        let failed = |source| SecretError::File { path: "/dev/urandom".into(), source };
        self.keys.push(random().map_err(failed)?);
        self.prepared = true;
        Ok(())
    }

    /// Seals by the prepared one from now on.
    pub fn use_prepared(&mut self) -> Result<(), KeyError> {
        if !self.prepared {
            return Err(KeyError::NonePrepared);
        }
        self.prepared = false;
        Ok(())
    }

    /// Drops all that neither seal, nor name, nor are prepared; how many.
    pub fn forget_others(&mut self) -> usize {
        let (seals, mut number, before) = (self.sealing(), 0, self.keys.len());
        self.keys.retain(|_| {
            let keep = number == 0 || number >= seals;
            number += 1;
            keep
        });
        before - self.keys.len()
    }

    /// How many keys there are.
    pub fn count(&self) -> usize {
        self.keys.len()
    }

    /// Whether the last one does not seal yet.
    pub fn is_prepared(&self) -> bool {
        self.prepared
    }
}

fn random() -> io::Result<KeyBytes> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    getrandom::fill(key.as_mut()).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(key)
}

fn decode(hex: &str) -> Option<KeyBytes> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    if hex.len() != 2 * KEY_BYTES || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, at) in key.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(keys: &str) -> Option<KeyFile> {
        KeyFile::parse(
            &keys
                .replace('1', &"11".repeat(32))
                .replace('2', &"22".repeat(32))
                .replace('3', &"33".repeat(32)),
        )
    }

    #[test]
    fn the_last_key_seals_unless_it_is_only_prepared() {
        for (text, seals) in [("1\n", 0), ("1\n2\n", 1), ("1\n2 prepared\n", 0), ("1\n2\n3 prepared", 1)] {
            assert_eq!(file(text).unwrap().sealing(), seals, "{text:?}");
        }
        for text in ["", "\n", "1 prepared", "1\nx", "1 prepared\n2", "12"] {
            assert!(file(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut keys = file("1\n2\n").unwrap();
        keys.prepare().unwrap();
        assert!(matches!(keys.prepare(), Err(KeyError::PreparedAlready)));
        let again = KeyFile::parse(&keys.text()).unwrap();
        assert!(again.is_prepared() && again.count() == 3 && again.text() == keys.text());
        keys.use_prepared().unwrap();
        assert!(matches!(keys.use_prepared(), Err(KeyError::NonePrepared)));
        assert_eq!((keys.forget_others(), keys.count(), keys.forget_others()), (1, 2, 0));
    }

    #[test]
    fn a_key_that_is_only_prepared_is_not_forgotten() {
        let mut keys = file("1\n2\n3 prepared").unwrap();
        assert_eq!((keys.forget_others(), keys.count(), keys.sealing()), (0, 3, 1));
    }
}
