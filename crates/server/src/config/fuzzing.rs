//! What only the fuzz targets (`crates/fuzz`) reach.
#![doc(hidden)]

use super::KeyFile;

/// A key file read and written again; `None` where it is none.
pub fn key_file(text: &str) -> Option<String> {
    let keys = KeyFile::parse(text)?;
    // Whatever was read must also make a key.
    let _ = keys.key();
    Some(keys.text().to_string())
}
