//! The policy's form: what differs, what cannot be saved, and what stays of it when somebody else saved first.

use crate::backend::Failure;
use sspr_core::wire::{ChallengeKind, MethodKind, PolicyScope, PolicyValues};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Who may reset.
    Enabled,
    /// The selected groups.
    Groups,
    /// Ways to prove oneself.
    Methods,
    /// How many proofs.
    Gates,
    /// Days until people are asked again.
    Reconfirm,
    /// Banned words.
    Banned,
    /// The helpdesk's address.
    Helpdesk,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Enabled,
        Self::Groups,
        Self::Methods,
        Self::Gates,
        Self::Reconfirm,
        Self::Banned,
        Self::Helpdesk,
    ];

    fn member(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Groups => "groups",
            Self::Methods => "recovery_methods",
            Self::Gates => "gates",
            Self::Reconfirm => "reconfirm_days",
            Self::Banned => "banned_terms",
            Self::Helpdesk => "helpdesk",
        }
    }

    fn differs(self, one: &PolicyValues, other: &PolicyValues) -> bool {
        match self {
            Self::Enabled => one.enabled != other.enabled,
            Self::Groups => one.groups != other.groups,
            Self::Methods => one.recovery_methods != other.recovery_methods,
            Self::Gates => one.gates != other.gates,
            Self::Reconfirm => one.reconfirm_days != other.reconfirm_days,
            Self::Banned => one.banned_terms != other.banned_terms,
            Self::Helpdesk => one.helpdesk != other.helpdesk,
        }
    }
}

/// The fields that differ.
pub fn changed(old: &PolicyValues, new: &PolicyValues) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| field.differs(old, new)).collect()
}

/// The fields that the server would refuse. It has the last word; this says it before anything is sent.
pub fn wrong(values: &PolicyValues, available: &[ChallengeKind]) -> Vec<Field> {
    let mut kinds: Vec<MethodKind> = values.recovery_methods.iter().map(|kind| kind.method()).collect();
    kinds.sort();
    kinds.dedup();
    let groups = &values.groups;
    let terms = &values.banned_terms;
    let is_wrong = |field: Field| match field {
        Field::Enabled => false,
        Field::Groups => {
            (values.enabled == PolicyScope::Selected && groups.is_empty())
                || groups.len() > 200
                || groups.iter().any(|group| group.chars().count() > 256)
        }
        Field::Methods => {
            let few = values.enabled != PolicyScope::None && kinds.len() < values.gates.into();
            few || values.recovery_methods.iter().any(|kind| !available.contains(kind))
        }
        Field::Gates => !(1..=2).contains(&values.gates),
        Field::Reconfirm => values.reconfirm_days > 730,
        Field::Banned => {
            terms.len() > 1000 || terms.iter().any(|term| !(4..=16).contains(&term.chars().count()))
        }
        Field::Helpdesk => values.helpdesk.as_deref().is_some_and(|link| !is_link(link)),
    };
    Field::ALL.into_iter().filter(|field| is_wrong(*field)).collect()
}

fn is_link(address: &str) -> bool {
    let schemes = ["https:", "http:", "mailto:", "tel:"];
    schemes.iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
}

/// The field that the server refused.
pub(super) fn refused(failure: &Failure) -> Option<Field> {
    let Failure::Problem(problem) = failure else { return None };
    let member = problem.pointer.as_deref()?.strip_prefix("/values/")?;
    Field::ALL.into_iter().find(|field| field.member() == member)
}

/// What somebody else saved, with the fields that the administrator had changed.
pub(super) fn laid_over(theirs: &PolicyValues, base: &PolicyValues, mine: &PolicyValues) -> PolicyValues {
    let mut values = theirs.clone();
    for field in changed(base, mine) {
        match field {
            Field::Enabled => values.enabled = mine.enabled,
            Field::Groups => values.groups = mine.groups.clone(),
            Field::Methods => values.recovery_methods = mine.recovery_methods.clone(),
            Field::Gates => values.gates = mine.gates,
            Field::Reconfirm => values.reconfirm_days = mine.reconfirm_days,
            Field::Banned => values.banned_terms = mine.banned_terms.clone(),
            Field::Helpdesk => values.helpdesk = mine.helpdesk.clone(),
        }
    }
    values
}

/// One entry a line, without spaces around, empty lines and repetitions.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    }
    lines
}
