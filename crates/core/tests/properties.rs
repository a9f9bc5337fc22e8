//! What holds for the strength of every password.

use proptest::prelude::*;
use sspr_core::strength::estimate;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_strength_is_sound_and_the_same_every_time(password in any::<String>(), inputs in prop::collection::vec(".{0,9}", 0..4)) {
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let strength = estimate(&password, &inputs);
        prop_assert!(strength.score <= 4 && strength.log10_guesses.is_finite() && strength.log10_guesses >= 0.0);
        prop_assert_eq!(strength, estimate(&password, &inputs));
    }

    #[test]
    fn a_password_made_of_the_persons_words_is_weak(first in "[a-z]{3,9}", last in "[A-Z]{3,9}") {
        let joined = first.clone() + &last;
        prop_assert!(estimate(&joined, &[&first, &last]).score <= 1);
    }
}
