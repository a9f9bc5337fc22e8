//! A sender of mail: whatever it says, the session ends, and what is kept has one plain recipient.

use crate::{reader::Reader, world::block_on};
use sspr_mailbox::fuzzing::Listener;
use std::{io::Cursor, sync::LazyLock};
use tokio::io::{join, sink};

/// Largest mail.
const LARGEST: usize = 2048;

static OPEN: LazyLock<Option<Listener>> = LazyLock::new(|| Listener::new(None, LARGEST));
static GUARDED: LazyLock<Option<Listener>> =
    LazyLock::new(|| Listener::new(Some(("kim".into(), "secret".into())), LARGEST));

pub(crate) fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let guarded = reader.byte() == b'!';
    let listener = if guarded { &*GUARDED } else { &*OPEN };
    let listener = listener.as_ref().expect("a certificate can be made");
    let stream = join(Cursor::new(reader.rest().to_vec()), sink());
    let kept = block_on(listener.serve(stream));
    assert!(kept.is_empty() || !guarded, "nobody signed in");
    for message in kept {
        assert!(
            message.to.contains('@') && !message.to.contains(|c: char| c.is_control() || c.is_whitespace())
        );
        assert!(message.text.len() <= 4 * LARGEST, "a mail grew while it was read");
        if let Some(code) = message.code {
            assert!((6..=8).contains(&code.len()) && code.bytes().all(|it| it.is_ascii_digit()));
        }
    }
}
