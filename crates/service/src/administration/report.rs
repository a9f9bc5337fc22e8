//! The reports as an administrator's page shows them.

use super::REPORTS_PER_HOUR;
use crate::{Failure, Person, Service, reports::Count};
use sspr_core::wire::{AdminReport, ReportDay, WordCount};

/// People looked at for a page; the command line looks at more.
const PEOPLE: u64 = 5000;

impl Service {
    /// Who can help themselves, and what became of those who tried in the last days.
    pub async fn admin_report(&self, person: &Person, days: u32) -> Result<AdminReport, Failure> {
        self.require_admin(person)?;
        self.count_admin("admin-report", person, REPORTS_PER_HOUR).await?;
        let people = self.people_report(PEOPLE).await?;
        let activity = self.activity_report(days).await?;
        let held = people.by_method.iter();
        Ok(AdminReport {
            days: activity.days,
            people: small(people.people),
            everybody: people.everybody && !people.cut_off,
            registered: small(people.registered),
            enabled: small(people.enabled),
            capable: small(people.capable),
            started: small(activity.started),
            resets: small(activity.resets),
            unlocks: small(activity.unlocks),
            registrations: small(activity.registrations),
            held: held
                .map(|(word, count)| WordCount { word: (*word).into(), count: small(*count) })
                .collect(),
            by_method: activity.by_method.into_iter().map(counted).collect(),
            failures: activity.failures.into_iter().map(counted).collect(),
            by_day: activity
                .by_day
                .into_iter()
                .map(|day| ReportDay {
                    date: day.date,
                    started: small(day.started),
                    resets: small(day.resets),
                    unlocks: small(day.unlocks),
                    failed: small(day.failed),
                })
                .collect(),
        })
    }
}

fn counted(count: Count) -> WordCount {
    WordCount { word: count.word, count: small(count.count) }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
