//! Ranges of the settings.

use super::{Enabled, Settings};
use std::{fmt::Display, ops::RangeInclusive};

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsMistake {
    /// Such as `policy.gates`.
    pub key: String,
    /// What is wrong and what would be right.
    pub message: String,
}

#[derive(Default)]
pub(super) struct Checks(Vec<SettingsMistake>);

impl Checks {
    pub(super) fn that(&mut self, key: &str, fine: bool, message: impl Display) {
        if !fine {
            self.0.push(SettingsMistake { key: key.into(), message: message.to_string() });
        }
    }

    pub(super) fn range<T: PartialOrd + Display + Copy>(
        &mut self,
        key: &str,
        value: T,
        range: RangeInclusive<T>,
    ) {
        let (from, to) = (*range.start(), *range.end());
        self.that(key, range.contains(&value), format_args!("is {value}; must be {from} to {to}"));
    }
}

impl Settings {
    /// Everything that cannot be used, in the order of the sections.
    pub fn mistakes(&self) -> Vec<SettingsMistake> {
        let mut checks = Checks::default();
        let policy = &self.policy;
        checks.that(
            "policy.groups",
            policy.enabled != Enabled::Selected || !policy.groups.is_empty(),
            "must name a group where `enabled` is `selected`",
        );
        let kinds: std::collections::HashSet<_> =
            policy.recovery_methods.iter().map(|kind| kind.method()).collect();
        checks.range("policy.gates", policy.gates, 1..=2);
        checks.that(
            "policy.recovery_methods",
            policy.enabled == Enabled::None || kinds.len() >= usize::from(policy.gates),
            "must hold as many different methods as there are gates",
        );
        checks.range("policy.questions_to_register", policy.questions_to_register, 3..=5);
        checks.range("policy.questions_to_reset", policy.questions_to_reset, 3..=5);
        checks.that(
            "policy.questions_to_reset",
            policy.questions_to_reset <= policy.questions_to_register,
            "must not exceed `questions_to_register`",
        );
        checks.range("policy.skip_days", policy.skip_days, 0..=365);
        checks.range("policy.reconfirm_days", policy.reconfirm_days, 0..=730);
        checks.range("policy.max_emails", policy.max_emails, 1..=10);
        checks.range("policy.max_phones", policy.max_phones, 1..=10);
        checks.range("policy.max_totp", policy.max_totp, 1..=10);
        let helpdesk = self.organisation.helpdesk.as_deref();
        checks.that(
            "organisation.helpdesk",
            helpdesk.is_none_or(is_link),
            "must begin with https:, http:, mailto: or tel:",
        );
        self.password.check(&mut checks);
        self.check_limits(&mut checks);
        for page in &self.pages {
            let fine = page.starts_with("https://") || page.starts_with("http://");
            checks.that("pages", fine && !page.contains('#'), "must be web addresses without a fragment");
        }
        checks.0
    }

    fn check_limits(&self, checks: &mut Checks) {
        let limits = &self.limits;
        checks.range("limits.code_length", limits.code_length, 6..=10);
        checks.range("limits.code_life", limits.code_life, 60..=900);
        checks.range("limits.resend_after", limits.resend_after, 1..=600);
        checks.range("limits.flow_life", limits.flow_life, 60..=3600);
        checks.range("limits.flow_life_total", limits.flow_life_total, 60..=14_400);
        checks.range("limits.tries", limits.tries, 1..=10);
        for (key, value) in [
            ("limits.starts_per_hour", limits.starts_per_hour),
            ("limits.failed_proofs_per_day", limits.failed_proofs_per_day),
            ("limits.messages_per_destination", limits.messages_per_destination),
            ("limits.starts_per_prefix", limits.starts_per_prefix),
            ("limits.ranges_per_prefix", limits.ranges_per_prefix),
            ("limits.starts_total", limits.starts_total),
            ("limits.failed_sign_ins_per_prefix", limits.failed_sign_ins_per_prefix),
            ("limits.texts_per_day", limits.texts_per_day),
            ("lockout.seconds", self.lockout.seconds),
        ] {
            checks.that(key, value > 0, "must be 1 or more");
        }
        checks.range("lockout.threshold", self.lockout.threshold, 1..=100);
        checks.range("session.life", self.session.life, 300..=604_800);
        checks.range("session.fresh_for", self.session.fresh_for, 60..=3600);
    }
}

/// Whether it is an address that may stand behind a link: never one that runs something.
fn is_link(address: &str) -> bool {
    let schemes = ["https:", "http:", "mailto:", "tel:"];
    schemes.iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn the_defaults_have_no_mistakes() {
        assert_eq!(Settings::default().mistakes(), []);
    }

    #[test]
    fn a_mistake_names_its_key() {
        let mut settings = Settings::default();
        settings.policy.gates = 3;
        assert_eq!(settings.mistakes()[0].key, "policy.gates");
    }
}
