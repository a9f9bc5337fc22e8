//! Who is registered, enabled and capable, by the rules that a reset itself goes by.

use crate::{Failure, Service, directory::Account};
use serde::Serialize;
use sspr_core::wire::MethodKind;
use std::collections::BTreeMap;

/// People looked at in one step.
const PAGE: u32 = 200;

/// How many people can help themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeopleReport {
    /// Accounts that were looked at. Disabled ones are not.
    pub people: u64,
    /// Whether that is everybody. A directory that lists nobody is asked about those who registered something here.
    pub everybody: bool,
    /// Whether there are more than were allowed to be looked at.
    pub cut_off: bool,
    /// People with at least as many different proved and allowed kinds of methods as a reset of theirs takes.
    pub registered: u64,
    /// People whom the policy covers.
    pub enabled: u64,
    /// Registered and enabled: they can reset their password now.
    pub capable: u64,
    /// Enabled people who hold each kind of method, proved and allowed.
    pub by_method: BTreeMap<&'static str, u64>,
}

impl Service {
    /// Counts people, at most so many: each costs two to three reads of the store, or of the directory.
    pub async fn people_report(&self, at_most: u64) -> Result<PeopleReport, Failure> {
        let mut report = PeopleReport { everybody: true, ..PeopleReport::default() };
        for &kind in &self.allowed_kinds() {
            report.by_method.insert(kind.word(), 0);
        }
        let mut after = String::new();
        loop {
            let Some(page) = self.page_of_people(&after, &mut report).await? else { return Ok(report) };
            for (id, account) in page {
                after = id;
                let Some(account) = account.filter(|it| !it.disabled) else { continue };
                if report.people == at_most {
                    report.cut_off = true;
                    return Ok(report);
                }
                self.count_person(&account, &mut report).await?;
            }
        }
    }

    /// The next people by their ids; `None` at the end. An account that is gone has left its methods behind.
    async fn page_of_people(
        &self,
        after: &str,
        report: &mut PeopleReport,
    ) -> Result<Option<Vec<(String, Option<Account>)>>, Failure> {
        let page: Vec<(String, Option<Account>)> = match self.directory.people(after, PAGE).await? {
            Some(people) => people.into_iter().map(|it| (it.id.clone(), Some(it))).collect(),
            None => {
                report.everybody = false;
                let mut page = Vec::new();
                for id in self.store.accounts_with_methods(after, PAGE).await? {
                    let account = self.directory.account(&id).await?;
                    page.push((id, account));
                }
                page
            }
        };
        Ok(Some(page).filter(|page| !page.is_empty()))
    }

    async fn count_person(&self, account: &Account, report: &mut PeopleReport) -> Result<(), Failure> {
        let methods = self.usable_methods(Some(account)).await?;
        let kinds = self.usable_kinds(account.admin, &methods);
        let registered = kinds.len() >= usize::from(self.gates_for(account));
        let enabled = self.in_scope(account);
        report.people += 1;
        report.registered += u64::from(registered);
        report.enabled += u64::from(enabled);
        report.capable += u64::from(registered && enabled);
        if enabled {
            for kind in kinds {
                *report.by_method.entry(kind.word()).or_default() += 1;
            }
        }
        Ok(())
    }

    fn allowed_kinds(&self) -> Vec<MethodKind> {
        self.kinds_for(false).into_iter().map(|way| way.method()).collect()
    }
}
