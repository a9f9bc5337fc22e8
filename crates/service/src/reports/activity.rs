//! What became of those who tried, from the audit log.

use crate::{
    Failure, Service,
    audit::{Activity, ActivityResult},
    fold::before,
    store::AuditCount,
    throttle::DAY,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts read of the log: days × words. Beyond it the oldest days are left out, and the report says so.
const MOST_COUNTS: u32 = 20_000;

/// A word and how often it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// A word of the audit log.
    pub word: String,
    /// How often.
    pub count: u64,
}

/// One day (UTC).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Such as `2026-11-23`.
    pub date: String,
    /// Recoveries begun by somebody who could.
    pub started: u64,
    /// Passwords set.
    pub resets: u64,
    /// Accounts unlocked.
    pub unlocks: u64,
    /// Recoveries refused, cancelled, abandoned or blocked.
    pub failed: u64,
}

/// What became of those who tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ActivityReport {
    /// Days, today's included.
    pub days: u32,
    /// Whether the oldest days are missing because there is too much.
    pub cut_off: bool,
    /// Recoveries begun by somebody who could.
    pub started: u64,
    /// Passwords set.
    pub resets: u64,
    /// Accounts unlocked with the password kept.
    pub unlocks: u64,
    /// Methods registered: proved, or in need of no proof.
    pub registrations: u64,
    /// Known passwords changed.
    pub changes: u64,
    /// Resets and unlocks by the methods that proved the person, most first.
    pub by_method: Vec<Count>,
    /// Why recoveries were refused at the start, or the password was not set, most first.
    pub failures: Vec<Count>,
    /// Where recoveries were abandoned or cancelled, most first.
    pub stopped: Vec<Count>,
    /// Wrong codes and answers by their way, most first.
    pub wrong_proofs: Vec<Count>,
    /// Each day, oldest first, those without anything too.
    pub by_day: Vec<Day>,
}

type Sums = BTreeMap<String, u64>;

#[derive(Default)]
struct Tally {
    by_method: Sums,
    failures: Sums,
    stopped: Sums,
    wrong_proofs: Sums,
    days: BTreeMap<i64, Day>,
}

impl Service {
    /// Counts the last days, from midnight (UTC); at least one, at most 366.
    pub async fn activity_report(&self, days: u32) -> Result<ActivityReport, Failure> {
        let days = days.clamp(1, 366);
        let today = self.clock.now().as_second().div_euclid(DAY.into());
        let midnight = Timestamp::from_second(today * i64::from(DAY)).unwrap_or(Timestamp::MIN);
        let counts = self.store.audit_counts(before(midnight, (days - 1) * DAY), MOST_COUNTS).await?;
        let cut_off = counts.len() >= usize::try_from(MOST_COUNTS).unwrap_or(usize::MAX);
        let mut report = ActivityReport { days, cut_off, ..ActivityReport::default() };
        let mut tally = Tally::default();
        for ago in 0..days {
            let date = before(midnight, ago * DAY).strftime("%Y-%m-%d").to_string();
            tally.days.insert(today - i64::from(ago), Day { date, ..Day::default() });
        }
        for count in counts {
            tally.add(&count, &mut report);
        }
        report.by_method = most_first(tally.by_method);
        report.failures = most_first(tally.failures);
        report.stopped = most_first(tally.stopped);
        report.wrong_proofs = most_first(tally.wrong_proofs);
        report.by_day = tally.days.into_values().collect();
        Ok(report)
    }
}

impl Tally {
    fn add(&mut self, row: &AuditCount, report: &mut ActivityReport) {
        let words = (Activity::from_word(&row.activity), ActivityResult::from_word(&row.result));
        let (Some(activity), Some(result)) = words else { return };
        let detail = || row.detail.clone().unwrap_or_else(|| "unknown".to_owned());
        let count = row.count;
        let mut nowhere = Day::default();
        let day = self.days.get_mut(&row.day).unwrap_or(&mut nowhere);
        match (activity, result) {
            (Activity::StartRecovery, ActivityResult::Success) => {
                (report.started, day.started) = (report.started + count, day.started + count);
            }
            (Activity::ResetPassword, ActivityResult::Success) => {
                (report.resets, day.resets) = (report.resets + count, day.resets + count);
                *self.by_method.entry(detail()).or_default() += count;
            }
            (Activity::UnlockAccount, ActivityResult::Success) => {
                (report.unlocks, day.unlocks) = (report.unlocks + count, day.unlocks + count);
                *self.by_method.entry(detail()).or_default() += count;
            }
            (Activity::StartRecovery | Activity::ResetPassword, ActivityResult::Failure)
            | (Activity::BlockRecovery, _) => {
                day.failed += count;
                *self.failures.entry(detail()).or_default() += count;
            }
            (Activity::AbandonRecovery | Activity::CancelRecovery, _) => {
                day.failed += count;
                *self.stopped.entry(format!("{}: {}", row.result, detail())).or_default() += count;
            }
            (Activity::VerifyChallenge, ActivityResult::Failure) => {
                *self.wrong_proofs.entry(detail()).or_default() += count;
            }
            (Activity::VerifyMethod, ActivityResult::Success) => report.registrations += count,
            (Activity::AddMethod, ActivityResult::Success)
                if matches!(row.detail.as_deref(), Some("questions" | "recovery_codes")) =>
            {
                report.registrations += count;
            }
            (Activity::ChangePassword, ActivityResult::Success) => report.changes += count,
            _ => {}
        }
    }
}

fn most_first(sums: Sums) -> Vec<Count> {
    let mut counts: Vec<Count> = sums.into_iter().map(|(word, count)| Count { word, count }).collect();
    counts.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.word.cmp(&other.word)));
    counts
}
