//! Folding: one plain form for texts that people read as the same, without Unicode tables (they cost more wasm
//! than all else here). Covers ASCII, Latin with marks (U+00C0..=U+017F), full-width ASCII, combining marks,
//! Greek and Cyrillic case, and the Cyrillic letters that look like Latin ones. Anything else stays as it is.

/// U+00C0..=U+017F without case and marks, by position; `*` marks the two signs that are no letters.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The plain form of one character; `None` for a combining mark, which disappears.
pub(crate) fn fold_char(c: char) -> Option<char> {
    let code = c as u32;
    Some(match code {
        0x41..=0x5A => c.to_ascii_lowercase(),
        0xC0..=0x17F => match LATIN[(code - 0xC0) as usize] {
            b'*' => c,
            letter => letter as char,
        },
        0x300..=0x36F => return None,
        0x391..=0x3A9 => shifted(code + 32, c),
        0x400..=0x40F => latin_look(shifted(code + 80, c)),
        0x410..=0x42F => latin_look(shifted(code + 32, c)),
        0x430..=0x45F => latin_look(c),
        0x3000 => ' ',
        0xFF01..=0xFF5E => shifted(code - 0xFEE0, c).to_ascii_lowercase(),
        _ => c,
    })
}

/// The plain form of a text.
pub(crate) fn fold(text: &str) -> Vec<char> {
    text.chars().filter_map(fold_char).collect()
}

fn shifted(code: u32, otherwise: char) -> char {
    char::from_u32(code).unwrap_or(otherwise)
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
    use super::fold;

    #[test]
    fn marks_case_width_and_look_alikes_disappear() {
        for text in ["password", "PASSWORD", "pässwörd", "pa\u{308}ssword", "ｐａｓｓｗｏｒｄ", "pаssword"]
        {
            assert_eq!(fold(text).into_iter().collect::<String>(), "password", "{text}");
        }
        assert_eq!(fold("ŽŁŇŠŸŴ×").into_iter().collect::<String>(), "zlnsyw×");
        assert_eq!(fold("ΩЖ日").into_iter().collect::<String>(), "ωж日");
    }
}
