//! What patterns find, what is no pattern, and that none takes long.

use super::{Pattern, PatternProblem as Problem};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn finds(pattern: &str, password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    Pattern::read(pattern).unwrap_or_else(|problem| panic!("{pattern}: {problem:?}")).is_in(&characters)
}

#[test]
fn each_kind_of_step_finds_what_it_should() {
    for (pattern, yes, no) in [
        ("abc", "xabcx", "ab c"),
        ("a.c", "a日c", "ac"),
        ("^ab$", "ab", "abb"),
        ("[a-c_]", "_", "dD"),
        ("[^a-z]", "abC", "abc"),
        (r"[\d.-]", "-", "a"),
        (r"[]x]|a", "a", "b"),
        (r"^\w+\d$", "abc_1", "ab c1"),
        (r"\D\S\W", "a1!", "1a1"),
        (r"\$\(", "a$(b", "$"),
        ("^(ab|cd)+$", "abcdab", "abc"),
        ("^(?:a|b|)$", "", "c"),
        ("^a{2}$", "aa", "aaa"),
        ("^a{2,}$", "aaaa", "a"),
        ("^(ab){1,2}$", "abab", "ababab"),
        ("^colou?r$", "color", "colouur"),
        ("^x*$", "", "y"),
        ("日本", "日本語", "日語"),
    ] {
        if pattern == "[]x]|a" {
            // An empty set finds nothing; what follows it is the sign itself elsewhere, and a mistake here.
            assert!(Pattern::read(pattern).is_err());
            continue;
        }
        assert!(finds(pattern, yes), "{pattern} in {yes}");
        assert!(!finds(pattern, no), "{pattern} in {no}");
    }
}

#[test]
fn what_is_not_known_is_refused_where_it_stands() {
    for (pattern, problem) in [
        ("(?=a)", Problem::Unexpected(2)),
        ("(?i)a", Problem::Unexpected(2)),
        ("a**", Problem::Unexpected(2)),
        ("a+?", Problem::Unexpected(2)),
        ("*a", Problem::Unexpected(0)),
        ("a{,3}", Problem::Unexpected(2)),
        ("a{3,2}", Problem::Unexpected(5)),
        (r"\bword", Problem::Unexpected(1)),
        (r"(a)\1", Problem::Unexpected(4)),
        ("a)", Problem::Unexpected(1)),
        ("[z-a]", Problem::Unexpected(4)),
        ("[[:alpha:]]", Problem::Unexpected(1)),
        ("(a", Problem::Unfinished),
        ("[a", Problem::Unfinished),
        ("a\\", Problem::Unfinished),
        ("a{1001}", Problem::TooLarge),
        ("((((((((((((((((((((((a))))))))))))))))))))))", Problem::TooLarge),
        ("(((a{100}){100}){100}){100}", Problem::TooLarge),
    ] {
        assert_eq!(Pattern::read(pattern).err(), Some(problem), "{pattern}");
    }
}

#[test]
fn a_pattern_that_takes_other_engines_for_ever_takes_no_time() {
    let password = "a".repeat(1_000);
    let begun = Instant::now();
    for pattern in ["^(a+)+$x", "^(a|a)*b", "^(a*)*(a*)*(a*)*c", "^(a?){300}a{300}z$"] {
        assert!(!finds(pattern, &password), "{pattern}");
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(pattern in any::<String>(), password in any::<String>()) {
        if let Ok(pattern) = Pattern::read(&pattern) {
            pattern.is_in(&password.chars().collect::<Vec<_>>());
        }
    }

    #[test]
    fn texts_that_look_like_patterns_neither(pattern in r"[ab\\dw.^$|()\[\]*+?{},0-9-]{0,24}", password in "[ab1 ]{0,12}") {
        if let Ok(pattern) = Pattern::read(&pattern) {
            pattern.is_in(&password.chars().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_text_with_its_signs_escaped_finds_itself(text in "[ -~日ä]{0,20}", around in "[ -~]{0,9}") {
        let escape = |c: char| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() };
        let pattern: String = text.chars().map(escape).collect();
        let whole = format!("{around}{}{around}", text);
        prop_assert!(finds(&pattern, &whole));
        prop_assert_eq!(finds(&format!("^{pattern}$"), &whole), whole == text);
    }
}
