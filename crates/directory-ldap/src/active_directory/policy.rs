//! The password policy of a person: the fine-grained one (PSO) that holds for them, else the domain's.

use crate::{
    entry::{first, number, values},
    policies::Policies,
    pool::Lease,
};
use ldap3::{Scope, SearchEntry};
use sspr_service::directory::{DirectoryError, DirectoryRules};

/// The attribute of a person with the name of their fine-grained policy, as the server works it out.
pub(super) const RESULTANT_PSO: &str = "msDS-ResultantPSO";

/// Most UTF-16 code units of a password that Windows takes.
const MOST: u32 = 256;

/// The control by which a reset is held to what a change is held to ([MS-ADTS] 3.1.1.3.4.1.27), and its older name.
const POLICY_HINTS: [&str; 2] = ["1.2.840.113556.1.4.2239", "1.2.840.113556.1.4.2066"];

/// What the server says of itself.
#[derive(Clone, Debug, Default)]
struct Root {
    /// The head of the domain.
    domain: String,
    /// The control for policy hints, where it is known.
    hints: Option<&'static str>,
}

/// What a policy says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) min_length: u32,
    pub(super) history: u32,
    pub(super) min_age_hours: u32,
    pub(super) complexity: bool,
    /// Nothing of the above is known: it cannot be read.
    pub(super) unknown: bool,
    /// The control that holds a reset to history and age, where the server has one.
    pub(super) hints: Option<&'static str>,
}

impl Policy {
    /// What of it counts in a reset.
    pub(super) fn rules(&self) -> DirectoryRules {
        DirectoryRules {
            min_length: Some(self.min_length).filter(|min| *min > 0),
            max_utf16: Some(MOST),
            max_bytes: None,
            complexity: self.complexity,
            history: self.hints.map_or(0, |_| self.history),
            min_age_hours: self.hints.map_or(0, |_| self.min_age_hours),
            quality: self.unknown,
        }
    }

    /// The domain's, from its head.
    pub(super) fn of_domain(entry: &SearchEntry) -> Self {
        const COMPLEX: u32 = 1;
        let value = |name| number(entry, name).unwrap_or(0);
        Self {
            min_length: value("minPwdLength"),
            history: value("pwdHistoryLength"),
            min_age_hours: hours(number(entry, "minPwdAge")),
            complexity: value("pwdProperties") & COMPLEX != 0,
            ..Self::default()
        }
    }

    /// A fine-grained one, from its entry (PSO).
    pub(super) fn fine_grained(entry: &SearchEntry) -> Self {
        let value = |name| number(entry, name).unwrap_or(0);
        Self {
            min_length: value("msDS-MinimumPasswordLength"),
            history: value("msDS-PasswordHistoryLength"),
            min_age_hours: hours(number(entry, "msDS-MinimumPasswordAge")),
            complexity: first(entry, "msDS-PasswordComplexityEnabled") == Some("TRUE"),
            ..Self::default()
        }
    }
}

/// Whole hours, rounded up, of a length of time: units of 100 ns, below 0; the least number there is means for ever.
fn hours(ticks: Option<i64>) -> u32 {
    const HOUR: u64 = 36_000_000_000;
    u32::try_from(ticks.unwrap_or(0).min(0).unsigned_abs().div_ceil(HOUR)).unwrap_or(u32::MAX)
}

/// Policies that were read lately, and what the server said of itself.
#[derive(Default)]
pub(super) struct AllPolicies {
    policies: Policies<Policy>,
    roots: Policies<Root>,
}

impl AllPolicies {
    /// The policy that holds for a person.
    pub(super) async fn of(
        &self,
        lease: &mut Lease<'_>,
        person: &SearchEntry,
    ) -> Result<Policy, DirectoryError> {
        let root = self.root(lease).await?;
        let (dn, read): (_, fn(&SearchEntry) -> Policy) = match first(person, RESULTANT_PSO) {
            Some(pso) => (pso, Policy::fine_grained),
            None => (root.domain.as_str(), Policy::of_domain),
        };
        let policy = match self.policies.get(dn) {
            Some(policy) => policy,
            None => {
                let found = lease.search(dn, Scope::Base, "(objectClass=*)", &ATTRIBUTES, 1).await?;
                // A PSO that may not be read shows no entry, or one without its values.
                let readable = found.first().filter(|entry| !entry.attrs.is_empty());
                if readable.is_none() {
                    tracing::warn!(
                        policy = dn,
                        "the password policy cannot be read; people only learn of it when it refuses"
                    );
                }
                let unknown = Policy { unknown: true, ..Policy::default() };
                self.policies.keep(dn, readable.map_or(unknown, read))
            }
        };
        Ok(Policy { hints: root.hints, ..policy })
    }

    async fn root(&self, lease: &mut Lease<'_>) -> Result<Root, DirectoryError> {
        const DOMAIN: &str = "defaultNamingContext";
        const CONTROLS: &str = "supportedControl";
        if let Some(root) = self.roots.get("") {
            return Ok(root);
        }
        let found = lease.search("", Scope::Base, "(objectClass=*)", &[DOMAIN, CONTROLS], 1).await?;
        let root = found.first().map(|entry| Root {
            domain: first(entry, DOMAIN).unwrap_or_default().to_owned(),
            hints: POLICY_HINTS.into_iter().find(|oid| values(entry, CONTROLS).iter().any(|it| it == oid)),
        });
        Ok(self.roots.keep("", root.unwrap_or_default()))
    }
}

const ATTRIBUTES: [&str; 8] = [
    "minPwdLength",
    "pwdHistoryLength",
    "minPwdAge",
    "pwdProperties",
    "msDS-MinimumPasswordLength",
    "msDS-PasswordHistoryLength",
    "msDS-MinimumPasswordAge",
    "msDS-PasswordComplexityEnabled",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_whole_hours() {
        assert_eq!(hours(Some(-864_000_000_000)), 24);
        assert_eq!(hours(Some(-1)), 1);
        assert_eq!([Some(0), None, Some(5)].map(hours), [0, 0, 0]);
        assert_eq!(hours(Some(i64::MIN)), 256_204_779);
    }

    #[test]
    fn history_and_age_are_told_only_where_a_reset_is_held_to_them() {
        let policy =
            Policy { min_length: 12, history: 24, min_age_hours: 24, complexity: true, ..Policy::default() };
        assert_eq!((policy.rules().history, policy.rules().min_age_hours), (0, 0));
        let held = Policy { hints: Some(POLICY_HINTS[0]), ..policy };
        assert_eq!((held.rules().history, held.rules().min_age_hours), (24, 24));
        assert_eq!((held.rules().min_length, held.rules().complexity), (Some(12), true));
    }
}
