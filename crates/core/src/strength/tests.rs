//! What the whole estimator does: the failures of zxcvbn's model that it mends, and the bound on its work.

use super::{Estimator, Strength, Suggestion, Warning, Words, most_steps};

/// Common passwords and a few words, each at its rank in zxcvbn's lists.
const FILE: &[u8] = include_bytes!("words/built_in.words");

fn with(inputs: &[&str], password: &str) -> Strength {
    let mut estimator = Estimator::new(2026);
    estimator.set_inputs(inputs);
    estimator.estimate(password)
}

fn score(password: &str) -> u8 {
    with(&[], password).score
}

#[test]
fn years_to_the_next_one_are_years() {
    for password in ["Summer2016", "Summer2026", "Summer2027", "Summer2026!"] {
        assert_eq!(score(password), 1, "{password}: {:?}", with(&[], password));
    }
    assert!(score("Summer2028!") > 1);
    let mut later = Estimator::new(2031);
    later.set_inputs(&[]);
    assert_eq!(later.estimate("Summer2032!").score, 1);
}

#[test]
fn the_persons_words_joined_together_count_once() {
    let names = ["Hans", "Florian", "Zimmer"];
    for password in
        ["HansFlorianZimmer", "hans.florian", "zimmer-Hans", "FlorianHans", "H4nsZ1mmer", "remmiZnairolF"]
    {
        let strength = with(&names, password);
        assert_eq!(
            (strength.score, strength.warning),
            (0, Some(Warning::Personal)),
            "{password}: {strength:?}"
        );
    }
    assert!(with(&["John", "Smith"], "JohnSmith2026!").score <= 1);
    assert!(with(&["John Smith", "j.smith@example.org"], "ExampleSmith").score == 0);
    assert!(score("HansFlorianZimmer") > 1);
}

#[test]
fn marks_width_and_look_alikes_do_not_hide_a_word() {
    for password in
        ["pässwörd", "pa\u{308}sswo\u{308}rd", "ｐａｓｓｗｏｒｄ１２３", "pаssword", "ΡASSWΟRD", "𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝"]
    {
        assert!(score(password) <= 1, "{password}: {:?}", with(&[], password));
    }
    assert_eq!(score("ｐａｓｓｗｏｒｄ"), 0);
}

#[test]
fn a_sign_may_be_read_in_two_ways_in_one_password() {
    let strength = with(&["egeling", "allaboutit"], "3ge11ng");
    assert_eq!((strength.score, strength.warning), (0, Some(Warning::Personal)));
    assert_eq!(with(&["allaboutit"], "@11ab0u7it").score, 0);
    // Reversed as well, unless nothing but digits is left.
    assert_eq!(score("dr0wss4p"), 0);
    assert_eq!(with(&["solo"], "0105").warning, Some(Warning::Date));
}

#[test]
fn brute_force_costs_more_in_a_large_script() {
    assert_eq!(score("鬱龍驚籠欝鸞竈爨"), 4);
    assert_eq!(score("xqgmvzklpwt"), 4);
    assert!(score("пароль") <= 1);
    let family = "👨\u{200D}👩\u{200D}👧\u{200D}👦";
    assert_eq!(score(family), 0);
    assert_eq!(score(family), score("👍"));
}

#[test]
fn every_pattern_has_its_warning() {
    for (password, warning) in [
        ("password", Warning::Top10Password),
        ("superman", Warning::Top100Password),
        ("P@ssword", Warning::SimilarToCommon),
        ("ghijklmn", Warning::Sequence),
        ("wpwpwpwp", Warning::RepeatedPattern),
        ("kkkkkk", Warning::RepeatedCharacter),
        ("asdfghjkl;'", Warning::StraightRow),
        ("edcvfrtgb", Warning::KeyboardWalk),
        ("23.11.2026", Warning::Date),
        ("2025", Warning::RecentYear),
    ] {
        assert_eq!(with(&[], password).warning, Some(warning), "{password}");
    }
    assert_eq!(with(&[], "xQ7#mVz2!pLw").warning, None);
}

#[test]
fn patterns_cost_what_zxcvbn_says() {
    // log10 of the guesses by zxcvbn 4.4.2 in 2026; no word of its lists is in these.
    for (password, log10) in [
        ("abcdefgh", 1.518514),
        ("zyxwvut", 1.755875),
        ("97531", 1.612784),
        ("aceg", 1.230449),
        ("1.1.91", 4.702431),
        ("13-12-2011", 4.465398),
        ("19870412", 4.153388),
        ("2011/3/9", 4.465398),
        ("111504", 3.904770),
        ("rrrrrrrr", 1.986772),
        ("xkxkxkxk", 2.607455),
        ("aabaab", 3.301681),
        ("qqwqqwqqw", 3.477700),
        ("zxcvfr", 4.476485),
        ("7410", 3.333313),
        ("sdfghjk;", 4.826230),
        ("ZAQ!XSW@cde", 9.511113),
        ("@WSXcde3", 7.956508),
        ("xqzj", 4.000043),
        ("jxq1987", 5.041393),
        ("1987jxq", 5.041393),
        ("2009", 1.322219),
        ("vbvbvb0912", 6.725794),
        ("^%$#@", 3.538699),
        ("aoeuhtns", 6.527531),
        ("/*-+963", 5.613404),
        ("=/*98", 4.328984),
        ("kq.kq.kq", 5.613207),
        ("gggg7777", 4.176091),
        ("3.14.15", 4.465398),
        ("99999999999", 2.123852),
        ("hjkl77", 5.144885),
        ("*&^%", 3.413803),
        ("cvbnm,./", 3.480725),
    ] {
        let strength = with(&[], password);
        assert!((strength.log10_guesses - log10).abs() < 1e-6, "{password}: {strength:?}");
    }
}

#[cfg(feature = "encode")]
#[test]
fn a_word_costs_twice_its_rank_and_a_password_of_the_lists_its_rank() {
    use super::words::{Class, encode};
    let words = [("gardener", Class::Word), ("edith", Class::Name), ("dragon", Class::Password)]
        .map(|(word, class)| (word.to_owned(), class, 12));
    let mut estimator = Estimator::new(2026);
    estimator.set_words(Words::read(&encode(&words)).expect("our own file"));
    let mut guesses = |password: &str| 10_f64.powf(estimator.estimate(password).log10_guesses).round();
    assert_eq!(["gardener", "edith", "dragon"].map(&mut guesses), [25.0, 25.0, 13.0]);
}

#[test]
fn suggestions_follow_what_was_found() {
    let suggestions = |password: &str| with(&[], password).suggestions.iter().collect::<Vec<_>>();
    assert_eq!(suggestions(""), [Suggestion::UseWords, Suggestion::NoNeedForSigns]);
    assert_eq!(
        suggestions("Drowssap"),
        [Suggestion::AddWord, Suggestion::CapitalHelpsLittle, Suggestion::ReversedHelpsLittle]
    );
    assert_eq!(
        suggestions("P4SSWORD"),
        [Suggestion::AddWord, Suggestion::AllCapitalsHelpLittle, Suggestion::SubstitutionHelpsLittle]
    );
    assert_eq!(suggestions("xQ7#mVz2!pLw"), []);
}

#[test]
fn other_words_can_be_loaded_and_are_no_longer_a_basic_check() {
    let mut estimator = Estimator::new(2026);
    assert!(estimator.estimate("schokolade").basic);
    estimator.set_words(Words::of(&["Schokolade"]));
    let strength = estimator.estimate("Schokolade1");
    assert!(strength.score <= 1 && !strength.basic);
    assert!(estimator.estimate("password").score > 0);
    estimator.add_words(Words::read(FILE).expect("our file"));
    assert_eq!(estimator.estimate("password").score, 0);
}

#[test]
fn hostile_input_stays_within_the_steps() {
    let mut estimator = Estimator::new(2026);
    // Words that fit a text of l33t in as many ways as can be.
    let hostile: Vec<String> = (0..1 << 10)
        .map(|n: u32| (0..10).map(|bit| if n >> bit & 1 == 1 { 'l' } else { 'i' }).collect())
        .collect();
    let inputs: Vec<&str> = hostile.iter().map(String::as_str).collect();
    let parts = [
        "4@8({[<369!|0$5+7%2",
        "a",
        "1",
        "ab1",
        "1l1i",
        "0123456789",
        "password",
        "qwerty1qaz",
        "!1|",
        "1.1.91",
        "20111991",
        "滝",
    ];
    let mut random = 1_u64;
    let mut noise = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(33 + (random >> 33) as u8 % 94)
    };
    let noises: Vec<String> = (0..8).map(|_| (0..300).map(|_| noise()).collect()).collect();
    for inputs in [&[][..], &inputs] {
        estimator.set_inputs(inputs);
        for part in parts.iter().copied().chain(noises.iter().map(String::as_str)) {
            for length in [1, 2, 9, 40, 100, 256, 4096] {
                let password: String = part.chars().cycle().take(length).collect();
                let (strength, steps) = estimator.estimate_counted(&password);
                assert!(steps <= most_steps(length), "{part} {length}: {steps} of {}", most_steps(length));
                assert!(strength.log10_guesses.is_finite() && strength.log10_guesses >= 0.0);
            }
        }
    }
}

#[test]
fn where_the_steps_run_out_the_answer_is_no_higher() {
    let mut estimator = Estimator::new(2026);
    let hostile: Vec<String> = (0..1 << 10)
        .map(|n: u32| (0..10).map(|bit| if n >> bit & 1 == 1 { 'l' } else { 'i' }).collect())
        .collect();
    let mut inputs: Vec<&str> = hostile.iter().map(String::as_str).collect();
    let password = "1".repeat(200) + "xQ7#mVz2!pLw";
    estimator.set_inputs(&[]);
    let unbounded = estimator.estimate(&password).log10_guesses;
    inputs.push("xQ7#mVz2!pLw");
    estimator.set_inputs(&inputs);
    assert!(estimator.estimate(&password).log10_guesses <= unbounded);
}
