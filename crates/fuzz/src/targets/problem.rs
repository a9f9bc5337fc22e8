//! Problems: read and written alike, and a code that is known has its status.

use sspr_core::wire::{Problem, ProblemCode};

pub(crate) fn run(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data)
        && let Some(code) = ProblemCode::from_word(text)
    {
        assert_eq!(code.word(), text);
        assert!((400..600).contains(&code.status()));
    }
    let Ok(problem) = serde_json::from_slice::<Problem>(data) else { return };
    let written = serde_json::to_vec(&problem).expect("a problem can be written");
    assert_eq!(serde_json::from_slice::<Problem>(&written).ok(), Some(problem));
}
