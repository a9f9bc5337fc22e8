//! From the settings of passwords to the policy, and what cannot be used in them.

use super::{Password, PasswordMode, PatternSetting, check::Checks};
use sspr_core::policy::{
    ClassCount, ClassRule, PasswordPolicy, PatternRule, Rule, ServerRule, TermList,
    pattern::{Pattern, PatternProblem},
};

/// Most terms of a list (Microsoft's limit for a custom list).
const TERMS: usize = 1000;

/// Most patterns: each is read anew for every key that is pressed.
const PATTERNS: usize = 20;

fn rule_of(setting: &PatternSetting) -> PatternRule {
    let PatternSetting { pattern, must, text } = setting.clone();
    PatternRule { pattern, must, text }
}

impl Password {
    /// The policy without anybody's own terms.
    pub fn policy(&self) -> PasswordPolicy {
        let base = match (self.mode, self.mfa) {
            (PasswordMode::Nist, false) => PasswordPolicy::nist(),
            (PasswordMode::Nist, true) => PasswordPolicy::nist_with_mfa(),
            (PasswordMode::Composition, _) => PasswordPolicy::composition(),
        };
        let counts = self.class_counts.iter();
        let lists = self.forbidden_terms.iter();
        PasswordPolicy {
            min_length: self.min_length.unwrap_or(base.min_length),
            max_length: self.max_length.unwrap_or(base.max_length),
            max_utf16: self.max_utf16,
            max_bytes: self.max_bytes,
            classes: self.classes(base.classes.clone()),
            class_counts: counts.map(|it| ClassCount { class: it.class, min: it.min, max: it.max }).collect(),
            symbols: self.symbols.clone(),
            allowed: self.allowed.unwrap_or(base.allowed),
            allowed_characters: self.allowed_characters.clone(),
            forbidden_characters: self.forbidden_characters.clone(),
            not_first: self.not_first.clone(),
            not_last: self.not_last.clone(),
            min_distinct: self.min_distinct,
            max_occurrences: self.max_occurrences,
            max_repeats: self.max_repeats,
            max_sequence: self.max_sequence,
            max_keyboard_walk: self.max_keyboard_walk,
            forbidden_terms: lists
                .map(|it| TermList {
                    terms: it.terms.clone(),
                    matching: it.matching,
                    min_term: it.min_term,
                    folds: it.folds.clone(),
                })
                .collect(),
            patterns: self.patterns.iter().map(rule_of).collect(),
            banned_terms: self.banned_terms.clone(),
            personal_match: self.personal_match,
            min_changed: self.min_changed,
            min_strength: self.min_strength,
            server_rules: self.server_rules(),
            ..base
        }
    }

    /// Either key alone changes its part of the mode's rule.
    fn classes(&self, base: Option<ClassRule>) -> Option<ClassRule> {
        if self.classes.is_none() && self.classes_at_least.is_none() {
            return base;
        }
        let base = base.unwrap_or(ClassRule { at_least: 0, of: Vec::new() });
        let of = self.classes.clone().unwrap_or(base.of);
        let at_least = self.classes_at_least.unwrap_or(base.at_least);
        (at_least > 0).then_some(ClassRule { at_least, of })
    }

    fn server_rules(&self) -> Vec<ServerRule> {
        let mut rules = vec![ServerRule { rule: Rule::SameAsCurrent, number: 0 }];
        if self.history > 0 {
            rules.push(ServerRule { rule: Rule::InHistory, number: self.history.into() });
        }
        if self.min_age_hours > 0 {
            rules.push(ServerRule { rule: Rule::TooYoung, number: self.min_age_hours });
        }
        rules
    }

    fn check_patterns(&self, checks: &mut Checks) {
        checks.that("password.patterns", self.patterns.len() <= PATTERNS, "at most 20 patterns");
        for setting in &self.patterns {
            if let Err(problem) = Pattern::read(&setting.pattern) {
                let what = match problem {
                    PatternProblem::Unexpected(at) => {
                        format!("has something unknown at character {}", at + 1)
                    }
                    PatternProblem::Unfinished => "ends too early".into(),
                    PatternProblem::TooLarge => "is too long once its repetitions are written out".into(),
                };
                checks.that("password.patterns", false, format!("`{}` {what}", setting.pattern));
            }
        }
    }

    pub(super) fn check(&self, checks: &mut Checks) {
        let policy = self.policy();
        checks.range("password.min_length", policy.min_length, 8..=64);
        checks.range("password.max_length", policy.max_length, 64..=1024);
        for (key, value, range) in [
            ("password.max_utf16", self.max_utf16, 64..=2048),
            ("password.max_bytes", self.max_bytes, 64..=4096),
            ("password.min_distinct", self.min_distinct, 1..=64),
            ("password.max_occurrences", self.max_occurrences, 1..=64),
            ("password.max_repeats", self.max_repeats, 1..=64),
            ("password.max_sequence", self.max_sequence, 2..=64),
            ("password.max_keyboard_walk", self.max_keyboard_walk, 2..=64),
            ("password.min_changed", self.min_changed, 1..=64),
        ] {
            if let Some(value) = value {
                checks.range(key, value, range);
            }
        }
        checks.range("password.min_strength", self.min_strength.unwrap_or(0), 0..=4);
        self.check_classes(&policy, checks);
        self.check_terms(checks);
        self.check_patterns(checks);
        checks.range("password.history", self.history, 0..=24);
        checks.range("password.min_age_hours", self.min_age_hours, 0..=720);
        let hashing = self.hashing;
        checks.range("password.hashing.memory", hashing.memory, 8..=1_048_576);
        checks.range("password.hashing.passes", hashing.passes, 1..=10);
        checks.range("password.hashing.lanes", hashing.lanes, 1..=4);
        let enough = hashing.memory >= hashing.lanes.saturating_mul(8);
        checks.that("password.hashing.memory", enough, "must be 8 KiB for each lane or more");
    }

    fn check_classes(&self, policy: &PasswordPolicy, checks: &mut Checks) {
        let composed = policy.classes.is_some() || !self.class_counts.is_empty();
        checks.that(
            "password.mode",
            self.mode != PasswordMode::Nist || !composed,
            "is `nist`, which allows no rules about classes (SP 800-63B-4 §3.1.1.2); use `composition`",
        );
        checks.that(
            "password.classes_at_least",
            policy.classes.as_ref().is_none_or(|rule| usize::from(rule.at_least) <= rule.of.len()),
            "must not exceed the number of `classes`",
        );
        checks.that(
            "password.class_counts",
            self.class_counts.iter().all(|it| {
                let (min, max) = (it.min.unwrap_or(0), it.max.unwrap_or(u32::MAX));
                min <= 64 && min <= max && (it.min.is_some() || it.max.is_some())
            }),
            "each needs `min` (up to 64) or `max`, and `min` must not exceed `max`",
        );
    }

    fn check_terms(&self, checks: &mut Checks) {
        checks.that("password.banned_terms", self.banned_terms.len() <= TERMS, "at most 1000 terms");
        let long = |range: std::ops::RangeInclusive<usize>| {
            move |term: &String| range.contains(&term.chars().count())
        };
        checks.that(
            "password.banned_terms",
            self.banned_terms.iter().all(long(4..=16)),
            "each term has 4 to 16 characters",
        );
        let lists = &self.forbidden_terms;
        checks.that(
            "password.forbidden_terms",
            lists.iter().map(|list| list.terms.len()).sum::<usize>() <= TERMS,
            "at most 1000 terms in all",
        );
        checks.that(
            "password.forbidden_terms",
            lists.iter().flat_map(|list| &list.terms).all(long(1..=64)),
            "each term has 1 to 64 characters",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Settings,
        settings::{ClassCountSetting, TermListSetting},
    };
    use sspr_core::policy::{CharacterClass, Matching};

    fn with(change: impl FnOnce(&mut Password)) -> Settings {
        let mut settings = Settings::default();
        change(&mut settings.password);
        settings
    }

    fn wrong(change: impl FnOnce(&mut Password)) -> Vec<String> {
        with(change).mistakes().into_iter().map(|mistake| mistake.key).collect()
    }

    #[test]
    fn a_second_factor_lets_nist_do_with_eight_characters() {
        let least = |mfa| {
            with(|it| {
                it.mode = PasswordMode::Nist;
                it.mfa = mfa;
            })
            .password
            .policy()
            .min_length
        };
        assert_eq!((least(false), least(true)), (15, 8));
    }

    #[test]
    fn either_key_of_the_classes_changes_the_modes_rule() {
        let rule = |change: fn(&mut Password)| with(change).password.policy().classes;
        let four = CharacterClass::FOUR.to_vec();
        assert_eq!(rule(|_| ()), Some(ClassRule { at_least: 3, of: four.clone() }));
        assert_eq!(rule(|it| it.classes_at_least = Some(4)), Some(ClassRule { at_least: 4, of: four }));
        assert_eq!(rule(|it| it.classes_at_least = Some(0)), None);
    }

    #[test]
    fn nist_takes_no_rules_about_classes() {
        assert_eq!(
            wrong(|it| {
                it.mode = PasswordMode::Nist;
                it.class_counts =
                    vec![ClassCountSetting { class: CharacterClass::Digit, min: Some(1), max: None }];
            }),
            ["password.mode"]
        );
    }

    #[test]
    fn what_no_password_could_meet_is_a_mistake() {
        let count = |min, max| ClassCountSetting { class: CharacterClass::Digit, min, max };
        assert_eq!(wrong(|it| it.classes_at_least = Some(5)), ["password.classes_at_least"]);
        assert_eq!(wrong(|it| it.class_counts = vec![count(Some(3), Some(2))]), ["password.class_counts"]);
        assert_eq!(wrong(|it| it.class_counts = vec![count(None, None)]), ["password.class_counts"]);
        assert_eq!(wrong(|it| it.max_repeats = Some(0)), ["password.max_repeats"]);
    }

    #[test]
    fn a_pattern_that_no_browser_could_decide_is_a_mistake() {
        let pattern =
            |pattern: &str| vec![PatternSetting { pattern: pattern.into(), must: true, text: None }];
        assert!(wrong(|it| it.patterns = pattern(r"^\D")).is_empty());
        assert_eq!(wrong(|it| it.patterns = pattern(r"(?=.*\d)")), ["password.patterns"]);
        assert_eq!(wrong(|it| it.patterns = vec![pattern("a").remove(0); 21]), ["password.patterns"]);
    }

    #[test]
    fn forbidden_words_are_a_thousand_at_most() {
        let list = |length| TermListSetting {
            terms: vec!["word".into(); length],
            matching: Matching::Whole,
            min_term: None,
            folds: None,
        };
        assert!(wrong(|it| it.forbidden_terms = vec![list(500), list(500)]).is_empty());
        assert_eq!(wrong(|it| it.forbidden_terms = vec![list(500), list(501)]), ["password.forbidden_terms"]);
    }
}
