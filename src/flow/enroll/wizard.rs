//! The first-time wizard: which method to ask for next, and when it is through.

use super::{Enroll, Screen};
use sspr_core::wire::{MethodKind, MethodList};

/// The kinds that may be added now, strongest first: the order of the offers.
pub(super) fn offered(list: &MethodList) -> impl Iterator<Item = MethodKind> + '_ {
    let possible = |kind| kind != MethodKind::Questions || list.questions.is_some();
    list.offers
        .iter()
        .filter(|offer| offer.refused.is_none())
        .map(|offer| offer.kind)
        .filter(move |kind| possible(*kind))
}

/// The same without the kinds that are already proved: another of them would not count as one more.
fn missing(list: &MethodList) -> impl Iterator<Item = MethodKind> + '_ {
    let proved = |kind| list.methods.iter().any(|method| method.kind == kind && method.verified);
    offered(list).filter(move |kind| !proved(*kind))
}

impl Enroll {
    /// What may be chosen on the page that asks what to add, strongest first.
    pub fn choices(&self) -> Vec<MethodKind> {
        match &self.list {
            Some(list) if self.wizard => missing(list).collect(),
            Some(list) => offered(list).collect(),
            None => Vec::new(),
        }
    }

    /// The screen for a list just read: the wizard, the question whether all is still right, or the list.
    pub(super) fn enter(&mut self, list: MethodList) {
        self.wizard = list.registration_due && missing(&list).next().is_some();
        let screen = match (self.wizard, list.confirm_due && !list.methods.is_empty()) {
            (true, _) => Screen::Welcome,
            (false, true) => Screen::StillRight,
            (false, false) => Screen::Methods,
        };
        self.list = Some(list);
        self.show(screen);
    }

    /// The screen after a method was added or given up: the wizard's next one, its last page, or the list.
    pub(super) fn advance(&mut self) {
        let screen = match &self.list {
            Some(list) if self.wizard && list.registered >= list.required => Screen::Finished,
            Some(list) if self.wizard => missing(list).next().map_or(Screen::Methods, Screen::Form),
            _ => Screen::Methods,
        };
        if screen == Screen::Methods {
            self.wizard = false;
        }
        self.show(screen);
    }

    /// The page that lies before the forms.
    pub(super) fn go_home(&mut self) {
        self.show(if self.wizard { Screen::Welcome } else { Screen::Methods });
    }
}
