//! The table of a part.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Part;
use super::tally::{Mails, Operation, Tally};

/// Prints it; whether everything is as it must be.
pub(super) fn print(part: &Part, tally: &Tally, mails: &Mails, back: Duration, memory: u64) -> bool {
    let mut right = true;
    let mut must = |what: &str, expected: u64, found: u64| {
        let verdict = if expected == found { "" } else { "   WRONG" };
        right &= expected == found;
        println!("  {what:<52} {found:>9}{verdict}");
    };
    let (fewest, middle) = tally.people();
    println!("{}: {:.1} resets begun in a second", part.name, part.rate);
    println!("  {:<52} {:>9}", "people in the flow at once, median (fewest)", format!("{middle} ({fewest})"));
    println!("  {:<52} {:>9}", "resets done", tally.resets());
    println!("  {:<52} {:>9}", "requests answered or sent away", tally.requests());
    must("errors", 0, tally.errors().values().sum());
    must("mails received of those that were sent", tally.sent.load(Ordering::Relaxed), mails.codes());
    println!("  {:<52} {:>9}", "second copies of a mail", mails.copies());
    must("503 without Retry-After or without its problem", 0, tally.shed_wrongly());
    let share = 100.0 * tally.shed() as f64 / (tally.requests().max(1)) as f64;
    println!("  {:<52} {:>9}", "503 with Retry-After", format!("{} ({share:.1} %)", tally.shed()));
    println!("  {:<52} {:>9}", "seconds until as before", format!("{:.1}", back.as_secs_f64()));
    println!("  {:<52} {:>9}", "peak memory so far, MiB", memory >> 20);
    println!("  {:<30} {:>9} {:>10} {:>10}", "times, ms", "number", "p50", "p99");
    let line = |name: &str, (number, half, most): (usize, Duration, Duration)| {
        println!("  {name:<30} {number:>9} {:>10.1} {:>10.1}", millis(half), millis(most));
    };
    for (operation, name) in Operation::ALL {
        line(name, tally.times(operation));
    }
    line("sent away", tally.away());
    for (error, times) in tally.errors() {
        println!("  {times} × {error}");
    }
    println!();
    right
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
