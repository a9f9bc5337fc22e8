use std::io;

use crate::trouble::{Doing, Outcome};

/// What the person waits for. An answer belongs to the phase in which it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Until something can be typed.
    FirstField,
    /// Until the form is fully live.
    LiveForm,
    /// From then to the password step; not counted.
    Between,
    /// With the field for a new password: all that the first keystroke needs.
    Strength,
    /// When nothing else is to be done: the full list of words. Told by its name, since a quick network brings it
    /// while somebody still thinks of a password.
    Idle,
}

impl Phase {
    /// The name in the table, and of the mark that ends it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Phase::FirstField => "first field",
            Phase::LiveForm => "live form",
            Phase::Between => "between",
            Phase::Strength => "strength",
            Phase::Idle => "idle",
        }
    }
}

/// One answer that the browser got.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) path: String,
    pub(super) phase: Phase,
    pub(super) bytes: usize,
    pub(super) brotli: usize,
}

/// The size under Brotli at its highest quality, 11, with a window of 2^22 bytes, as web servers store files.
pub(crate) fn brotli(bytes: &[u8]) -> Outcome<usize> {
    compressed(bytes).map(|compressed| compressed.len())
}

/// The bytes themselves under the same Brotli.
pub(crate) fn compressed(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut io::Cursor::new(bytes), &mut compressed, &parameters)
        .doing(|| "compress a file".to_owned())?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::brotli;

    #[test]
    fn repetition_costs_next_to_nothing() {
        assert!(brotli(&[b'a'; 100_000]).unwrap() < 100);
    }
}
