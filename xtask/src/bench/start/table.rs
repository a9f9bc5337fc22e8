//! The table of a run: medians and quartiles of each page, and ours divided by the others'.

use serde_json::{Value, json};

use super::contender::Contender;
use super::load::Load;
use crate::bench::statistics::percentile;

/// All loads of one page.
pub(super) struct Row<'a> {
    pub(super) contender: &'a Contender,
    pub(super) loads: Vec<Load>,
}

/// A time of a load.
type Time = fn(&Load) -> f64;

const TYPED: Time = |load| load.typed;
const LIVE: Time = |load| load.live;

impl Row<'_> {
    /// The lower quartile, the median and the upper quartile.
    fn quartiles(&self, time: Time) -> [f64; 3] {
        let times: Vec<f64> = self.loads.iter().map(time).collect();
        [0.25, 0.5, 0.75].map(|share| percentile(&times, share))
    }

    fn median(&self, time: Time) -> f64 {
        self.quartiles(time)[1]
    }

    fn bytes(&self) -> f64 {
        let bytes: Vec<f64> = self.loads.iter().map(|load| load.bytes() as f64).collect();
        percentile(&bytes, 0.5)
    }
}

/// A table in Markdown. The first row is ours.
pub(super) fn markdown(rows: &[Row<'_>]) -> String {
    let mut text = "| form | bytes until live | first keystroke, ms (quartiles) | ours : theirs | live, ms (quartiles) | ours : theirs |\n\
        | --- | --: | --: | --: | --: | --: |\n"
        .to_owned();
    for row in rows {
        let name = format!("{} {}", row.contender.name, row.contender.version);
        let time = |time| {
            let [lower, median, upper] = row.quartiles(time);
            format!("{median:.0} ({lower:.0}–{upper:.0})")
        };
        let ratio = |time| match rows.first() {
            Some(ours) if ours.contender.path != row.contender.path => {
                format!("{:.2}", ours.median(time) / row.median(time))
            }
            _ => "–".to_owned(),
        };
        let (bytes, typed, live) = (row.bytes(), time(TYPED), time(LIVE));
        let (by_typed, by_live) = (ratio(TYPED), ratio(LIVE));
        text += &format!("| {name} | {bytes:.0} | {typed} | {by_typed} | {live} | {by_live} |\n");
    }
    text
}

/// The same with every load.
pub(super) fn json(rows: &[Row<'_>]) -> Value {
    let load = |load: &Load| json!({ "sent": load.sent, "field": load.field, "typed": load.typed, "live": load.live, "loaded": load.loaded });
    let row = |row: &Row<'_>| {
        json!({
            "form": row.contender.name, "version": row.contender.version, "licence": row.contender.licence,
            "bytes": row.bytes(), "typed": row.quartiles(TYPED), "live": row.quartiles(LIVE),
            "loads": row.loads.iter().map(load).collect::<Vec<_>>(),
        })
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::{Row, markdown};
    use crate::bench::start::contender::CONTENDERS;
    use crate::bench::start::load::Load;

    fn row(at: usize, typed: [f64; 3]) -> Row<'static> {
        let load = |typed| Load {
            sent: true,
            field: 0.0,
            typed,
            live: 2.0 * typed,
            loaded: vec![("/a".to_owned(), 7)],
        };
        Row { contender: &CONTENDERS[at], loads: typed.map(load).to_vec() }
    }

    #[test]
    fn a_ratio_is_our_median_divided_by_theirs() {
        let text = markdown(&[row(0, [10.0, 30.0, 20.0]), row(1, [100.0, 60.0, 80.0])]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].ends_with("| 7 | 20 (20–30) | – | 40 (40–60) | – |"), "{text}");
        assert!(lines[3].contains("| 80 (80–100) | 0.25 | 160 (160–200) | 0.25 |"), "{text}");
    }
}
