//! Secrets that live in files beside the configuration, or in the environment.

use super::KeyFile;
use sspr_core::Secret;
use sspr_service::MasterKey;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Why a secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file.
    #[error("cannot read or create {path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others could read it.
    #[error("{path} may be read by other users; run `chmod 600 {path}`")]
    Open {
        /// Which.
        path: PathBuf,
    },
    /// What is in it is not what we write.
    #[error(
        "{path} must hold keys of 64 hexadecimal digits, one a line; restore it from a backup, since without it the database cannot be read"
    )]
    NoKey {
        /// Which.
        path: PathBuf,
    },
}

/// The key that everything secret in the database is sealed with. Made on the first start.
pub fn load_or_create_key(path: &Path) -> Result<MasterKey, SecretError> {
    Ok(KeyFile::load_or_create(path)?.key())
}

/// A secret of the environment or of the first line of a file; `None` where neither is given.
pub fn load_secret(variable: &str, file: Option<&Path>) -> Result<Option<Secret>, SecretError> {
    if let Ok(value) = std::env::var(variable) {
        return Ok(Some(Secret::new(value)));
    }
    let Some(path) = file else { return Ok(None) };
    let text = read_private(path)?;
    Ok(Some(Secret::new(text.lines().next().unwrap_or_default())))
}

pub(super) fn read_private(path: &Path) -> Result<Zeroizing<String>, SecretError> {
    let failed = |source| SecretError::File { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
            return Err(SecretError::Open { path: path.to_owned() });
        }
    }
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

/// Written beside and linked into place, so that two first starts at once end with one whole key.
pub(super) fn create_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let (beside, written) = write_beside(path, content)?;
    let linked = written.and_then(|()| fs::hard_link(&beside, path));
    fs::remove_file(&beside)?;
    linked
}

/// The same in place of a file that is there.
pub(super) fn replace_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let (beside, written) = write_beside(path, content)?;
    let replaced = written.and_then(|()| fs::rename(&beside, path));
    if replaced.is_err() {
        fs::remove_file(&beside)?;
    }
    replaced
}

fn write_beside(path: &Path, content: &[u8]) -> io::Result<(PathBuf, io::Result<()>)> {
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    Ok((beside, written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        load_or_create_key(&path).unwrap();
        let first = fs::read_to_string(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        load_or_create_key(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        load_or_create_key(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(load_or_create_key(&path), Err(SecretError::Open { .. })));
    }

    #[test]
    fn a_damaged_key_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create_private(&path, b"0123").unwrap();
        assert!(matches!(load_or_create_key(&path), Err(SecretError::NoKey { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "0123");
    }
}
