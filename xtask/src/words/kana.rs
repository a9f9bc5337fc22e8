//! Romaji to kana, for people who type Japanese words as such.

/// Romaji and its hiragana, longer spellings before those they begin with. Hepburn and the spellings of keyboards.
const SYLLABLES: &str = "\
    kya きゃ kyu きゅ kyo きょ gya ぎゃ gyu ぎゅ gyo ぎょ sha しゃ shu しゅ sho しょ shi し sya しゃ \
    syu しゅ syo しょ cha ちゃ chu ちゅ cho ちょ chi ち tya ちゃ tyu ちゅ tyo ちょ tsu つ nya にゃ nyu にゅ \
    nyo にょ hya ひゃ hyu ひゅ hyo ひょ bya びゃ byu びゅ byo びょ pya ぴゃ pyu ぴゅ pyo ぴょ mya みゃ \
    myu みゅ myo みょ rya りゃ ryu りゅ ryo りょ ja じゃ ju じゅ jo じょ ji じ je じぇ fa ふぁ fi ふぃ \
    fe ふぇ fo ふぉ fu ふ ka か ki き ku く ke け ko こ ga が gi ぎ gu ぐ ge げ go ご sa さ si し su す \
    se せ so そ za ざ zi じ zu ず ze ぜ zo ぞ ta た ti ち tu つ te て to と da だ di ぢ du づ de で do ど \
    na な ni に nu ぬ ne ね no の ha は hi ひ hu ふ he へ ho ほ ba ば bi び bu ぶ be べ bo ぼ pa ぱ pi ぴ \
    pu ぷ pe ぺ po ぽ ma ま mi み mu む me め mo も ya や yu ゆ yo よ ra ら ri り ru る re れ ro ろ wa わ \
    wo を a あ i い u う e え o お";

/// The hiragana of a word, or `None` when it is no romaji.
pub(super) fn hiragana(romaji: &str) -> Option<String> {
    let listed: Vec<&str> = SYLLABLES.split_whitespace().collect();
    let syllables = listed.as_chunks::<2>().0;
    let (mut kana, mut rest) = (String::new(), romaji);
    while let Some(first) = rest.chars().next() {
        let next = rest[first.len_utf8()..].chars().next();
        if let Some([spelling, syllable]) = syllables.iter().find(|[spelling, _]| rest.starts_with(spelling))
        {
            kana.push_str(syllable);
            rest = &rest[spelling.len()..];
            continue;
        }
        kana.push(match (first, next) {
            // Before b, m and p, Hepburn writes the syllable n as m. The apostrophe only parts n from a vowel.
            ('n', _) | ('m', Some('b' | 'm' | 'p')) => 'ん',
            ('\'', _) if kana.ends_with('ん') => {
                rest = &rest[1..];
                continue;
            }
            ('t', Some('c')) => 'っ',
            (doubled, Some(next)) if doubled == next && doubled.is_ascii_lowercase() => 'っ',
            _ => return None,
        });
        rest = &rest[1..];
    }
    (!kana.is_empty()).then_some(kana)
}

#[cfg(test)]
mod tests {
    use super::hiragana;

    #[test]
    fn words_become_kana_syllable_by_syllable() {
        for (romaji, kana) in [
            ("sakura", "さくら"),
            ("satou", "さとう"),
            ("nippon", "にっぽん"),
            ("matcha", "まっちゃ"),
            ("shinrin", "しんりん"),
            ("sempai", "せんぱい"),
            ("ken'ichi", "けんいち"),
            ("konnichiwa", "こんにちわ"),
            ("ryouma", "りょうま"),
            ("aoi", "あおい"),
        ] {
            assert_eq!(hiragana(romaji).as_deref(), Some(kana));
        }
    }

    #[test]
    fn what_is_no_romaji_stays_out() {
        for word in ["", "mlb", "françois", "2nin", "hazama違", "x"] {
            assert_eq!(hiragana(word), None, "{word}");
        }
    }
}
