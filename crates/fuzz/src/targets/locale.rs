//! `Accept-Language`, and texts with placeholders.

use crate::reader::Reader;
use sspr_api::fuzzing::{look_up, negotiate};
use sspr_widget::i18n::filled;
use std::sync::LazyLock;

/// Languages whose tags have all the shapes that ours have.
static EXIST: LazyLock<Vec<String>> =
    LazyLock::new(|| ["en", "de", "ja", "zh-Hans", "zh-Hant", "pt"].map(str::to_owned).to_vec());

pub(crate) fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let (value, count) = (reader.text(), reader.text());
    let Ok(text) = std::str::from_utf8(reader.rest()) else { return };
    let chosen = negotiate(text, &EXIST);
    assert!(EXIST.iter().any(|it| it == chosen));
    assert_eq!(negotiate(chosen, &EXIST), chosen, "a language that exists is itself");
    assert_eq!(look_up(&text.to_ascii_uppercase(), &EXIST), look_up(text, &EXIST), "case does not count");

    assert_eq!(filled(text, &[]), text, "what has no value stays");
    filled(text, &[("count", &count), ("name", &value)]);
    assert_eq!(filled("{name}{count}", &[("count", &count), ("name", &value)]), value + &count);
}
