//! What holds for the strength of every password.

use proptest::prelude::*;
use sspr_core::strength::{Estimator, estimate, most_steps};

fn estimator(inputs: &[String]) -> Estimator {
    let mut estimator = Estimator::new(2026);
    estimator.set_inputs(&inputs.iter().map(String::as_str).collect::<Vec<_>>());
    estimator
}

/// Unicode of all kinds, up to 4,096 bytes.
fn anything() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        prop::char::range(' ', '~'),
        prop::char::range('\u{300}', '\u{36F}'),
        prop::char::range('\u{200B}', '\u{200F}'),
        prop::char::range('\u{FF01}', '\u{FF5E}'),
        prop::char::range('ァ', '龠'),
        prop::sample::select(vec!['1', '!', '|', '7', 'l', 'i', '0', '.', '9', '\u{FE0F}', '\u{1F3FD}']),
    ];
    let parts = prop::collection::vec((prop::collection::vec(character, 0..40), 1..30_usize), 0..20);
    parts.prop_map(|parts| {
        let mut text: String =
            parts.iter().map(|(part, times)| part.iter().collect::<String>().repeat(*times)).collect();
        while text.len() > 4096 {
            text.pop();
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_has_a_sound_strength_within_the_steps(password in anything(), inputs in prop::collection::vec(".{0,12}", 0..6)) {
        let (strength, steps) = estimator(&inputs).estimate_counted(&password);
        prop_assert!(steps <= most_steps(password.chars().count()));
        prop_assert!(strength.score <= 4 && strength.log10_guesses.is_finite() && strength.log10_guesses >= 0.0);
        prop_assert!(strength.score < 3 || strength.warning.is_none());
        prop_assert_eq!(strength, estimator(&inputs).estimate(&password));
    }

    #[test]
    fn a_password_made_of_the_persons_words_is_weak(first in "[a-z]{3,9}", last in "[A-Z]{3,9}", sign in "[-._ ]?") {
        let joined = format!("{first}{sign}{last}");
        prop_assert!(estimate(&joined, &[&first, &last], 2026).score <= 1);
    }

    #[test]
    fn knowing_more_words_never_makes_a_password_stronger(password in "[a-zA-Z0-9!]{4,24}", from in 0..4_usize, length in 3..8_usize) {
        let word: String = password.chars().skip(from).take(length).collect();
        let without = estimate(&password, &[], 2026).log10_guesses;
        // The search keeps the best way for each number of parts, as zxcvbn's does, which is not quite the least.
        prop_assert!(estimate(&password, &[&word], 2026).log10_guesses <= without + 0.5);
    }

    #[test]
    fn marks_and_width_make_a_word_hardly_stronger(word in "[a-z]{4,12}") {
        let wide: String = word.chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect();
        let marked: String = word.chars().flat_map(|c| [c, '\u{301}']).collect();
        for other in [wide, marked] {
            prop_assert!(estimate(&other, &[&word], 2026).score == 0);
        }
    }
}
