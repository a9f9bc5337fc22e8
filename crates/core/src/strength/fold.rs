//! What a typed character counts as: for words (letters folded), for keyboards and dates (only narrowed), and for
//! brute force (how many characters its script has).

use crate::fold::{CASE, PLAIN, WIDTH, fold_by};

/// Most characters that are analysed. What follows can only add strength, and is not counted.
pub(super) const ANALYSED: usize = 256;

/// U+1E00..=U+1EFF (Vietnamese and others) without case and marks, by position; `*`: no Latin base.
const MORE_LATIN: &[u8; 256] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy****s*\
aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******";

/// Small Greek letters that are drawn like Latin ones, and those.
const GREEK: [(char, char); 9] = [
    ('α', 'a'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('ν', 'v'),
    ('υ', 'u'),
    ('κ', 'k'),
    ('ι', 'i'),
    ('τ', 't'),
    ('χ', 'x'),
];

/// A letter as words have it: narrow, small, without marks, look-alikes read as Latin, katakana as hiragana. `None`
/// for a mark, which disappears.
pub(super) fn letter(c: char) -> Option<char> {
    let c = fold_by(c, PLAIN)?;
    let code = c as u32;
    Some(match code {
        0x3B1..=0x3C9 => GREEK.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1),
        0x1E00..=0x1EFF => match MORE_LATIN.get((code - 0x1E00) as usize) {
            Some(b'*') | None => c,
            Some(base) => char::from(*base),
        },
        0x30A1..=0x30F6 => char::from_u32(code - 0x60).unwrap_or(c),
        _ => c,
    })
}

/// One typed character.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    /// Narrow, else as typed.
    pub(super) plain: char,
    /// As words have it.
    pub(super) letter: char,
    pub(super) upper: bool,
    /// `letter` is more than `plain` in small: marks or another script were folded away.
    pub(super) folded: bool,
    /// Guesses for it by brute force.
    pub(super) cardinality: f64,
}

impl Unit {
    /// A small letter: typed with shift, it would be `upper`.
    pub(super) fn lower(&self) -> bool {
        !self.upper
            && if self.plain.is_ascii() { self.plain.is_ascii_lowercase() } else { self.letter.is_ascii() }
    }
}

/// The first [`ANALYSED`] characters. Marks, joiners and whatever they join belong to the character before them.
pub(super) fn units(password: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut joined = false;
    for c in password.chars() {
        let letter = letter(c).filter(|_| !joined && !joins(c));
        joined = c == '\u{200D}';
        let Some(letter) = letter else {
            if let (Some(base), true) = (units.last_mut(), c.len_utf8() < 3) {
                base.folded = true;
            }
            continue;
        };
        if units.len() == ANALYSED {
            break;
        }
        let plain = fold_by(c, WIDTH).unwrap_or(c);
        let small = fold_by(plain, CASE).unwrap_or(plain);
        units.push(Unit {
            plain,
            letter,
            upper: small != plain,
            folded: small != letter,
            cardinality: cardinality(c),
        });
    }
    units
}

/// A joiner, a variation selector or a skin tone.
fn joins(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// Guesses for one character by brute force. zxcvbn's 10 is close to the square root of the 95 characters that ASCII
/// prints: people use half of what chance would. The same root for the 2,350 syllables of everyday Hangul, some
/// 3,500 Han characters and 3,700 emoji gives 48, 59 and 61; alphabets and kana stay at 10.
fn cardinality(c: char) -> f64 {
    match c as u32 {
        0xAC00..=0xD7A3 => 48.0,
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => 59.0,
        0x2600..=0x27BF | 0x1_F000..=0x1_FAFF => 61.0,
        _ => 10.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{ANALYSED, letter, units};

    fn letters(text: &str) -> String {
        units(text).iter().map(|unit| unit.letter).collect()
    }

    #[test]
    fn marks_width_script_and_case_disappear_from_words() {
        for text in ["PaSSWORD", "pässwörd", "pa\u{308}ssword", "ｐａｓｓｗｏｒｄ", "pаsswοrd", "pạsswọrd"]
        {
            assert_eq!(letters(text), "password", "{text}");
        }
        assert_eq!(letters("パスワード"), "ぱすわーど");
    }

    #[test]
    fn case_and_folding_are_remembered() {
        let seen =
            |text: &str| units(text).iter().map(|u| (u.upper, u.lower(), u.folded)).collect::<Vec<_>>();
        assert_eq!(seen("aA1"), [(false, true, false), (true, false, false), (false, false, false)]);
        assert_eq!(seen("äÄ"), [(false, true, true), (true, false, true)]);
        assert_eq!(seen("a\u{308}"), [(false, true, true)]);
    }

    #[test]
    fn what_is_drawn_as_one_counts_once() {
        for text in ["👨\u{200D}👩\u{200D}👧\u{200D}👦", "👍\u{1F3FD}", "❤\u{FE0F}", "a\u{301}\u{302}"]
        {
            assert_eq!(units(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more_and_the_rest_is_not_looked_at() {
        for c in (32..0x1_E000).filter_map(char::from_u32) {
            assert_eq!(letter(c), letter(c).and_then(letter), "{c:?}");
        }
        assert_eq!(units(&"x".repeat(1000)).len(), ANALYSED);
    }
}
