use super::{STEPS, Warning, Words, analyse, estimate, estimate_with};

fn score(password: &str) -> u8 {
    estimate(password, &[]).score
}

#[test]
fn common_passwords_are_weak_however_they_are_written() {
    for password in
        ["password", "P@ssw0rd", "drowssap", "pässwörd", "ｐａｓｓｗｏｒｄ１２３", "pаssword", "Summer2026"]
    {
        assert!(score(password) <= 1, "{password}: {:?}", estimate(password, &[]));
    }
}

#[test]
fn words_of_the_person_joined_together_are_weak() {
    let inputs = ["Hans", "Florian", "Zimmer"];
    let strength = estimate("HansFlorianZimmer", &inputs);
    assert!(strength.score <= 1);
    assert_eq!(strength.warning, Some(Warning::Personal));
    assert!(estimate("H4nsFlorianremmiZ", &inputs).score <= 1);
    assert!(score("HansFlorianZimmer") > 1);
}

#[test]
fn every_pattern_has_its_warning() {
    for (password, warning) in [
        ("password", Warning::CommonPassword),
        ("dragon#7", Warning::SingleWord),
        ("ghijklmn", Warning::Sequence),
        ("wpwpwpwp", Warning::Repeat),
        ("poiuytre", Warning::KeyboardWalk),
        ("23.11.2026", Warning::Date),
    ] {
        assert_eq!(estimate(password, &[]).warning, Some(warning), "{password}");
    }
}

#[test]
fn random_text_and_large_scripts_are_strong() {
    for password in ["xQ7#mVz2!pLw", "鬱龍驚籠欝鸞竈爨"] {
        assert_eq!(score(password), 4, "{password}");
        assert_eq!(estimate(password, &[]).warning, None);
    }
    assert_eq!(score(""), 0);
}

#[test]
fn other_words_can_be_loaded() {
    let words = Words::from_bytes("schokolade\n".as_bytes());
    assert!(estimate_with(&words, "Schokolade1", &[]).score <= 1);
    assert!(score("Schokolade1") > 1);
}

#[test]
fn hostile_input_stays_within_the_steps() {
    let long = |part: &str| part.repeat(4096 / part.len());
    for password in
        ["4@8({[<369!|0$5+7%2", "a", "ab1", "1l1i", "0123456789", "password", "qwerty", "!1|"].map(long)
    {
        let (_, steps) = analyse(Words::built_in(), &password, &["1l1l1l1l1l", "iiiiiiiiii", "!1|!1|!1|!1|"]);
        assert!(steps <= STEPS, "{steps}");
    }
}
