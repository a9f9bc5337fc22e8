//! The key file: what is read and written again is read alike.

use sspr_server::config::fuzzing::key_file;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(written) = key_file(text) {
        assert_eq!(key_file(&written).as_deref(), Some(written.as_str()));
    }
}
