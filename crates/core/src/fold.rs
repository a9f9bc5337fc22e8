//! Folding: one plain form for texts that people read as the same, without Unicode tables (they cost more wasm
//! than all else here). Covers ASCII, Latin with marks (U+00C0..=U+017F), full-width ASCII, the mathematical
//! alphabets (U+1D400..=U+1D7FF), combining marks, Greek and Cyrillic case, and the Cyrillic letters that look like
//! Latin ones. Anything else stays as it is.

/// Capital and small letters are one.
pub(crate) const CASE: u8 = 1;
/// Letters lose their marks.
pub(crate) const MARKS: u8 = 2;
/// Full-width and mathematical forms are their ASCII characters.
pub(crate) const WIDTH: u8 = 4;
/// Cyrillic letters that look like Latin ones are those.
pub(crate) const LOOK_ALIKES: u8 = 8;
/// Digits and signs are the letters they stand for in l33t; `i` and `l` become one, since `1` stands for both.
pub(crate) const LEET: u8 = 16;
/// The four substitutions that Microsoft publishes: `0`→`o`, `1`→`l`, `$`→`s`, `@`→`a`.
pub(crate) const MICROSOFT: u8 = 32;
/// What people read as the same: all but substitutions.
pub(crate) const PLAIN: u8 = CASE | MARKS | WIDTH | LOOK_ALIKES;

/// U+00C0..=U+017F without case and marks, by position; `*` marks the two signs that are no letters.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// One character by some of the folds, a sum of the constants above; `None` where it disappears.
pub(crate) fn fold_by(c: char, folds: u8) -> Option<char> {
    let on = |fold| folds & fold != 0;
    let mut c = if on(WIDTH) { narrow(c) } else { c };
    if on(MARKS) {
        if ('\u{300}'..='\u{36F}').contains(&c) {
            return None;
        }
        c = unmarked(c);
    }
    if on(CASE) {
        c = lower(c);
    }
    if on(LOOK_ALIKES) {
        c = latin_look(c);
    }
    Some(match c {
        '0' if on(LEET | MICROSOFT) => 'o',
        '1' if on(LEET | MICROSOFT) => 'l',
        '$' if on(LEET | MICROSOFT) => 's',
        '@' if on(LEET | MICROSOFT) => 'a',
        '!' | '|' | 'i' if on(LEET) => 'l',
        '3' if on(LEET) => 'e',
        '4' if on(LEET) => 'a',
        '5' if on(LEET) => 's',
        '7' | '+' if on(LEET) => 't',
        '8' if on(LEET) => 'b',
        '9' if on(LEET) => 'g',
        _ => c,
    })
}

fn shifted(code: u32, otherwise: char) -> char {
    char::from_u32(code).unwrap_or(otherwise)
}

/// Full-width ASCII, the wide space, and the letters and digits of the mathematical alphabets.
fn narrow(c: char) -> char {
    let code = c as u32;
    match code {
        0x3000 => ' ',
        0xFF01..=0xFF5E => shifted(code - 0xFEE0, c),
        0x1D400..=0x1D6A3 => {
            let at = (code - 0x1D400) % 52;
            shifted(at + if at < 26 { 0x41 } else { 0x47 }, c)
        }
        0x1D7CE..=0x1D7FF => shifted(0x30 + (code - 0x1D7CE) % 10, c),
        _ => c,
    }
}

/// Whether a character of U+00C0..=U+017F is a capital letter.
fn latin_capital(code: u32) -> bool {
    match code {
        0xD7 => false,
        0xC0..=0xDE | 0x178 => true,
        0x100..=0x137 | 0x14A..=0x177 => code.is_multiple_of(2),
        0x139..=0x148 | 0x179..=0x17E => !code.is_multiple_of(2),
        _ => false,
    }
}

fn unmarked(c: char) -> char {
    let code = c as u32;
    match code {
        0xC0..=0x17F => match LATIN[(code - 0xC0) as usize] {
            b'*' => c,
            letter if latin_capital(code) => letter.to_ascii_uppercase() as char,
            letter => letter as char,
        },
        _ => c,
    }
}

fn lower(c: char) -> char {
    let code = c as u32;
    match code {
        0x178 => 'ÿ',
        0xC0..=0xDE if latin_capital(code) => shifted(code + 32, c),
        0x100..=0x17E if latin_capital(code) => shifted(code + 1, c),
        0x391..=0x3A9 | 0x410..=0x42F => shifted(code + 32, c),
        0x400..=0x40F => shifted(code + 80, c),
        _ => c.to_ascii_lowercase(),
    }
}

/// Lower-case Cyrillic that is drawn like a Latin letter.
fn latin_look(c: char) -> char {
    match c {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ѕ' => 's',
        'ј' => 'j',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(text: &str, folds: u8) -> String {
        text.chars().filter_map(|c| fold_by(c, folds)).collect()
    }

    #[test]
    fn marks_case_width_and_look_alikes_disappear() {
        for text in [
            "password",
            "PASSWORD",
            "pässwörd",
            "pa\u{308}ssword",
            "ｐａｓｓｗｏｒｄ",
            "pаssword",
            "𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝",
            "𝙋𝘼𝙎𝙎𝙒𝙊𝙍𝘿",
        ] {
            assert_eq!(by(text, PLAIN), "password", "{text}");
        }
        assert_eq!(by("ŽŁŇŠŸŴ×𝟙𝟘", PLAIN), "zlnsyw×10");
        assert_eq!(by("ΩЖ日", PLAIN), "ωж日");
    }

    #[test]
    fn each_fold_does_its_own_part_alone() {
        assert_eq!(by("ÄŽŸ\u{308}A0а", CASE), "äžÿ\u{308}a0а");
        assert_eq!(by("ÄžŸ\u{308}A0а", MARKS), "AzYA0а");
        assert_eq!(by("Ａä0", WIDTH), "Aä0");
        assert_eq!(by("Aäа", LOOK_ALIKES), "Aäa");
        assert_eq!(by("p4$$w0rd!1i", LEET), "passwordlll");
        assert_eq!(by("p4$$w0rd!1i@", MICROSOFT), "p4ssword!lia");
        assert_eq!(by("ÄA0", 0), "ÄA0");
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for c in (0..0x1_E000).filter_map(char::from_u32) {
            for folds in [PLAIN, PLAIN | LEET, PLAIN | MICROSOFT, CASE, MARKS, WIDTH] {
                let once = fold_by(c, folds);
                assert_eq!(once, once.and_then(|c| fold_by(c, folds)), "{c:?} by {folds}");
            }
        }
    }

    #[test]
    fn small_letters_are_what_the_standard_library_says_within_the_ranges_covered() {
        for c in (0..0x180).chain(0x391..0x3A2).chain(0x400..0x460).filter_map(char::from_u32) {
            let mut small = c.to_lowercase();
            if small.len() == 1 && c != 'İ' {
                assert_eq!(Some(lower(c)), small.next(), "{c}");
            }
        }
    }
}
