//! "Browser and server decide alike": 100,000 triples of a password, a policy and a person from a seeded generator, and a
//! digest of everything that is decided about them. The native test of this crate and the browser test of the widget
//! hold the same digest; a change of any verdict on either side alone is seen.

use sspr_core::policy::*;

/// How many triples.
pub(crate) const TRIPLES: u32 = 100_000;

/// The digest of all verdicts. A deliberate change of the policy engine changes it: the failing test says to what.
pub(crate) const DIGEST: u64 = 0x3E6A_0CDB_8CE4_5BDA;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u32) -> u32 {
        (self.next() % u64::from(limit)) as u32
    }

    /// Once in so many times.
    fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize]
    }

    fn maybe(&mut self, limit: u32) -> Option<u32> {
        let value = self.below(limit);
        self.once_in(4).then_some(value)
    }
}

const NAMES: [&str; 12] = [
    "Adele",
    "Vance",
    "Zoë",
    "Poll",
    "O'Neil",
    "Jo-Ann",
    "佐藤",
    "Müller",
    "Øystein",
    "ｓａｔｏ",
    "Al",
    "Иван",
];
const WORDS: [&str; 16] = [
    "contoso",
    "blank",
    "password",
    "Pa$$w0rd",
    "lantern",
    "qwerty",
    "qwertz",
    "1234",
    "dcba",
    "aaaa",
    "日本語",
    "パス",
    "correct",
    "horse",
    "2026",
    "l1il",
];
const SIGNS: &str = "aA0!i1l@$-]<[ ~é\u{301}ßİıΩжа日ｱＡ𝐀𝟘🔑\u{7}\u{200D}ªⒶ٣";

fn term(seeded: &mut Seeded) -> String {
    let mut term = String::from(if seeded.once_in(3) { seeded.one(&NAMES) } else { seeded.one(&WORDS) });
    if seeded.once_in(4) {
        term = term.to_uppercase();
    }
    if seeded.once_in(6) {
        term.push(sign(seeded));
    }
    term
}

fn sign(seeded: &mut Seeded) -> char {
    if seeded.once_in(12) {
        return char::from_u32(seeded.below(0x11_0000)).unwrap_or('\u{FFFD}');
    }
    let at = seeded.below(SIGNS.chars().count() as u32) as usize;
    SIGNS.chars().nth(at).unwrap_or('x')
}

fn password(seeded: &mut Seeded) -> String {
    let mut password = String::new();
    for _ in 0..seeded.below(6) {
        if seeded.once_in(2) {
            password.push_str(&term(seeded));
        } else {
            for _ in 0..seeded.below(8) {
                password.push(sign(seeded));
            }
        }
    }
    if seeded.once_in(500) { password.repeat(100) } else { password }
}

fn terms(seeded: &mut Seeded) -> Vec<String> {
    let count = if seeded.once_in(2) { 0 } else { seeded.below(6) };
    (0..count).map(|_| term(seeded)).collect()
}

fn signs(seeded: &mut Seeded) -> Option<String> {
    let count = seeded.below(30);
    seeded.once_in(6).then(|| (0..count).map(|_| sign(seeded)).collect())
}

fn some<T: Copy>(seeded: &mut Seeded, of: &[T]) -> Vec<T> {
    let count = if seeded.once_in(2) { 0 } else { seeded.below(4) };
    (0..count).map(|_| seeded.one(of)).collect()
}

fn list(seeded: &mut Seeded) -> TermList {
    TermList {
        terms: terms(seeded),
        matching: seeded.one(Matching::ALL),
        min_term: seeded.maybe(6),
        folds: seeded.once_in(2).then(|| some(seeded, Fold::ALL)),
    }
}

/// Some are no patterns at all.
fn pattern(seeded: &mut Seeded) -> PatternRule {
    const PARTS: [&str; 12] =
        ["a", "[a-z]", r"\d", "^", "$", "(ab|1)", "{2,3}", "+", "*", ".", "[^aeiou]", r"(?:\w\W)"];
    let parts = 1 + seeded.below(5);
    let pattern = (0..parts).map(|_| seeded.one(&PARTS)).collect();
    PatternRule { pattern, must: seeded.once_in(2), text: None }
}

fn policy(seeded: &mut Seeded) -> PasswordPolicy {
    let classes = ClassRule { at_least: seeded.below(6) as u8, of: some(seeded, CharacterClass::ALL) };
    let counts = some(seeded, CharacterClass::ALL).into_iter();
    PasswordPolicy {
        min_length: seeded.below(20),
        max_length: seeded.below(64),
        max_utf16: seeded.maybe(64),
        max_bytes: seeded.maybe(80),
        classes: seeded.once_in(2).then_some(classes),
        class_counts: counts
            .map(|class| ClassCount { class, min: seeded.maybe(4), max: seeded.maybe(4) })
            .collect(),
        symbols: signs(seeded),
        allowed: seeded.one(AllowedCharacters::ALL),
        allowed_characters: signs(seeded),
        forbidden_characters: signs(seeded),
        not_first: some(seeded, CharacterClass::ALL),
        not_last: some(seeded, CharacterClass::ALL),
        min_distinct: seeded.maybe(12),
        max_occurrences: seeded.maybe(5),
        max_repeats: seeded.maybe(4),
        max_sequence: seeded.maybe(5),
        max_keyboard_walk: seeded.maybe(6),
        forbidden_terms: (0..seeded.below(3)).map(|_| list(seeded)).collect(),
        banned_terms: terms(seeded),
        personal_terms: Vec::new(),
        personal_match: seeded.once_in(2).then(|| seeded.one(PersonalMatch::ALL)),
        min_changed: seeded.maybe(8),
        min_strength: seeded.maybe(6).map(|least| least as u8),
        breached_range: None,
        patterns: (0..seeded.below(3)).map(|_| pattern(seeded)).collect(),
        server_rules: some(seeded, Rule::ALL)
            .into_iter()
            .map(|rule| ServerRule { rule, number: seeded.below(30) })
            .collect(),
    }
}

/// FNV-1a.
fn mix(digest: &mut u64, value: u64) {
    for byte in value.to_le_bytes() {
        *digest = (*digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
}

/// A number for a position in a list of all, and 0 for none.
fn number<T: PartialEq>(all: &[T], value: Option<T>) -> u64 {
    value.and_then(|value| all.iter().position(|one| *one == value)).map_or(0, |at| at as u64 + 1)
}

/// The digest of all that is decided about the triples, and how many rules were met, unmet and left to the server.
pub(crate) fn digest() -> (u64, [u32; 3]) {
    let mut seeded = Seeded(20_261_123);
    let (mut digest, mut states) = (0xCBF2_9CE4_8422_2325, [0; 3]);
    for _ in 0..TRIPLES {
        let mut policy = policy(&mut seeded);
        let name = [term(&mut seeded), term(&mut seeded)].join(seeded.one(&[" ", ", ", "-", "#"]));
        let matching = policy.personal_match.unwrap_or(PersonalMatch::Folded);
        let account = term(&mut seeded);
        if seeded.once_in(2) {
            policy.personal_terms = personal_terms(matching, &[&account, "a.vance@example.org"], Some(&name));
        }
        let (password, current) = (password(&mut seeded), password(&mut seeded));
        let current = if seeded.once_in(10) { &password } else { &current };
        let known = Known {
            current: seeded.once_in(2).then_some(current.as_str()),
            strength: seeded.once_in(2).then(|| seeded.below(5) as u8),
            breached: seeded.once_in(2).then(|| seeded.once_in(2)),
        };
        for verdict in evaluate(&policy, &password, known) {
            let span = verdict.span.map_or(0, |span| u64::from(span.from) << 32 | u64::from(span.to));
            states[verdict.state as usize] += 1;
            mix(&mut digest, number(Rule::ALL, Some(verdict.rule)));
            mix(&mut digest, number(CharacterClass::ALL, verdict.class));
            mix(&mut digest, u64::from(verdict.number) << 2 | verdict.state as u64);
            mix(&mut digest, span);
        }
        for byte in policy.password_rules().bytes() {
            mix(&mut digest, byte.into());
        }
    }
    (digest, states)
}
