//! The tables of a run: what each system did, and ours divided by theirs.

use serde_json::{Value, json};

use super::driver::STEPS;
use super::{Group, Repetition, Row};
use crate::bench::statistics::percentile;

/// A figure of a repetition.
type Figure = fn(&Repetition) -> f64;

const RATE: Figure = |it| it.rate;
const SYSTEM: Figure = |it| it.system;
const DATABASE: Figure = |it| it.database;
const DRIVER: Figure = |it| it.driver;
const OTHERS: Figure = |it| it.others;
const IDLE: Figure = |it| it.idle;

impl Row<'_> {
    /// The least, the median and the greatest of all repetitions.
    fn of_repetitions(&self, figure: Figure) -> [f64; 3] {
        let all: Vec<f64> = self.repetitions.iter().map(figure).collect();
        [0.0, 0.5, 1.0].map(|share| percentile(&all, share))
    }

    fn median(&self, figure: Figure) -> f64 {
        self.of_repetitions(figure)[1]
    }

    fn failed(&self) -> u64 {
        self.failures.values().sum()
    }
}

/// Tables in Markdown, two for each group. The first row of a group is ours.
pub(super) fn markdown(groups: &[(&Group, Vec<Row<'_>>)]) -> String {
    groups
        .iter()
        .map(|(group, rows)| format!("## {}\n\n{}\n{}\n", group.name, figures(rows), steps(rows)))
        .collect()
}

fn figures(rows: &[Row<'_>]) -> String {
    let mut text = "| system | resets in a second (least–most) | ours : theirs | its processor time a reset, ms | ours : theirs \
        | PostgreSQL's, ms | memory at rest, MB | under load, MB | ours : theirs | failed |\n\
        | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n"
        .to_owned();
    for (at, row) in rows.iter().enumerate() {
        let ratio = |figure: &dyn Fn(&Row<'_>) -> f64| match rows.first() {
            Some(ours) if at > 0 => format!("{:.2}", figure(ours) / figure(row)),
            _ => "–".to_owned(),
        };
        let [least, rate, most] = row.of_repetitions(RATE);
        let mb = |bytes: f64| bytes / 1e6;
        text += &format!(
            "| {} | {rate:.1} ({least:.1}–{most:.1}) | {} | {:.2} | {} | {:.2} | {:.1} ({:.1}) | {:.1} ({:.1}) | {} | {} |\n",
            row.contender.name,
            ratio(&|row| row.median(RATE)),
            row.median(SYSTEM),
            ratio(&|row| row.median(SYSTEM)),
            row.median(DATABASE),
            mb(row.rest.proportional),
            mb(row.rest.resident),
            mb(row.load.proportional),
            mb(row.load.resident),
            ratio(&|row| row.load.proportional),
            row.failed(),
        );
    }
    text
}

fn steps(rows: &[Row<'_>]) -> String {
    let mut text = "| median / 99th percentile, ms | asking for the code | its mail | the code | the password | the whole reset \
        | driver's processor time a reset, ms | others' share of the machine | idle |\n\
        | --- | --: | --: | --: | --: | --: | --: | --: | --: |\n"
        .to_owned();
    for row in rows {
        let times = row
            .steps
            .each_ref()
            .map(|all| format!("{:.0} / {:.0}", percentile(all, 0.5), percentile(all, 0.99)));
        text += &format!(
            "| {} | {} | {:.2} | {:.0} % | {:.0} % |\n",
            row.contender.name,
            times.join(" | "),
            row.median(DRIVER),
            100.0 * row.median(OTHERS),
            100.0 * row.median(IDLE),
        );
    }
    text
}

/// The same with every repetition.
pub(super) fn json(groups: &[(&Group, Vec<Row<'_>>)]) -> Value {
    let repetition = |it: &Repetition| {
        json!({
            "resets_per_second": it.rate, "system_ms": it.system, "database_ms": it.database, "driver_ms": it.driver,
            "others": it.others, "idle": it.idle,
        })
    };
    let row = |row: &Row<'_>| {
        let steps: serde_json::Map<String, Value> = STEPS
            .iter()
            .zip(&row.steps)
            .map(|(name, all)| ((*name).to_owned(), json!([percentile(all, 0.5), percentile(all, 0.99)])))
            .collect();
        json!({
            "system": row.contender.name, "repetitions": row.repetitions.iter().map(repetition).collect::<Vec<_>>(),
            "rest": [row.rest.proportional, row.rest.resident], "load": [row.load.proportional, row.load.resident],
            "steps": steps, "failures": row.failures,
        })
    };
    let group = |(group, rows): &(&Group, Vec<Row<'_>>)| json!({ "group": group.name, "systems": rows.iter().map(row).collect::<Vec<_>>() });
    groups.iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::super::contender::{ALLAUTH, OURS};
    use super::super::processes::Memory;
    use super::{Repetition, Row, figures};

    fn row(contender: &'static super::super::Contender, rates: [f64; 3], bytes: f64) -> Row<'static> {
        let repetition = |rate| Repetition {
            rate,
            system: 600.0 / rate,
            database: 0.0,
            driver: 0.0,
            others: 0.0,
            idle: 0.0,
        };
        Row {
            repetitions: rates.map(repetition).into(),
            load: Memory { resident: bytes, proportional: bytes },
            ..Row::of(contender)
        }
    }

    #[test]
    fn a_ratio_is_our_median_divided_by_theirs() {
        let text = figures(&[row(&OURS, [60.0, 20.0, 40.0], 50e6), row(&ALLAUTH, [10.0, 30.0, 20.0], 200e6)]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].contains("| 40.0 (20.0–60.0) | – | 15.00 | – |"), "{text}");
        assert!(lines[3].contains("| 20.0 (10.0–30.0) | 2.00 | 30.00 | 0.50 |"), "{text}");
        assert!(lines[3].ends_with("| 200.0 (200.0) | 0.25 | 0 |"), "{text}");
    }
}
