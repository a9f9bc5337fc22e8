//! The table that is printed: what was measured, of each engine, and whether the figure that was set is reached.

use serde_json::{Value, json};

use super::engines::{Engines, brotli_of};
use crate::trouble::Outcome;
use crate::words;

/// One line of the table.
#[derive(Clone)]
pub(super) struct Row {
    what: String,
    unit: &'static str,
    /// Ours, zxcvbn's and zxcvbn-ts's.
    values: [Option<f64>; 3],
    /// What was to be reached, in words.
    goal: String,
    /// `None` when nothing was set.
    pub(super) reached: Option<bool>,
    details: Value,
}

impl Row {
    /// A figure of ours alone.
    pub(super) fn new(what: impl Into<String>, unit: &'static str, value: f64) -> Row {
        let values = [Some(value), None, None];
        Row { what: what.into(), unit, values, goal: String::new(), reached: None, details: Value::Null }
    }

    /// A figure of all three.
    pub(super) fn of_three(what: impl Into<String>, unit: &'static str, values: [f64; 3]) -> Row {
        Row { values: values.map(Some), ..Row::new(what, unit, 0.0) }
    }

    fn ours(&self) -> f64 {
        self.values[0].unwrap_or(f64::NAN)
    }

    pub(super) fn at_most(mut self, most: f64) -> Row {
        self.goal = format!("at most {}", shown(most));
        self.reached = Some(self.ours() <= most);
        self
    }

    pub(super) fn at_least(mut self, least: f64) -> Row {
        self.goal = format!("at least {}", shown(least));
        self.reached = Some(self.ours() >= least);
        self
    }

    /// Ours divided by zxcvbn's.
    pub(super) fn ratio_at_most(mut self, most: f64) -> Row {
        let ratio = self.ours() / self.values[1].unwrap_or(f64::NAN);
        self.goal = format!("{} of zxcvbn, at most {}", shown(ratio), shown(most));
        self.reached = Some(ratio <= most);
        self
    }

    pub(super) fn ahead_of_both(mut self) -> Row {
        self.goal = "ahead of both".to_owned();
        self.reached = Some(self.values[1..].iter().flatten().all(|other| self.ours() > *other));
        self
    }

    pub(super) fn details(mut self, details: Value) -> Row {
        self.details = details;
        self
    }
}

/// What is loaded.
pub(super) fn sizes(engines: &Engines) -> Outcome<Vec<Row>> {
    let rival = |name: &str| brotli_of(&engines.folder.join(name)).map(|bytes| bytes as f64 / 1e3);
    let (zxcvbn, ts) = (rival("zxcvbn.js")?, rival("zxcvbn-ts.js")?);
    let words = |name: &str| brotli_of(&words::folder().join(name)).map(|bytes| bytes as f64 / 1e3);
    let code = Row::of_three(
        "code of the standalone module, brotli 11",
        "kB",
        [engines.code as f64 / 1e3, zxcvbn, ts],
    );
    Ok(vec![
        code.at_most(20.0),
        Row::new("words, small, brotli 11", "kB", words("small.words")?).at_most(60.0),
        Row::new("words, full, brotli 11", "kB", words("full.words")?).at_most(220.0),
    ])
}

fn shown(value: f64) -> String {
    match value {
        value if value.is_infinite() => "given up".to_owned(),
        value if value == value.trunc() && value < 1e6 => format!("{value}"),
        value if value.abs() >= 100.0 => format!("{value:.0}"),
        value if value.abs() >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.3}"),
    }
}

/// A table in Markdown.
pub(super) fn print(rows: &[Row]) {
    println!(
        "| what | ours | zxcvbn 4.4.2 | zxcvbn-ts | to reach | |\n| --- | --: | --: | --: | --- | --- |"
    );
    for row in rows {
        let [ours, zxcvbn, ts] = row.values.map(|value| match value {
            Some(value) => format!("{} {}", shown(value), row.unit).trim_end().to_owned(),
            None => "–".to_owned(),
        });
        let reached = match row.reached {
            Some(true) => "reached",
            Some(false) => "**not reached**",
            None => "",
        };
        println!("| {} | {ours} | {zxcvbn} | {ts} | {} | {reached} |", row.what, row.goal);
    }
}

/// The same with everything that was measured.
pub(super) fn json(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        let values: Vec<Value> = row
            .values
            .iter()
            .map(|value| value.filter(|value| value.is_finite()).map_or(Value::Null, |value| json!(value)))
            .collect();
        json!({
            "what": row.what, "unit": row.unit, "goal": row.goal, "reached": row.reached, "details": row.details,
            "ours": values[0], "zxcvbn": values[1], "zxcvbn-ts": values[2],
        })
    };
    Value::Array(rows.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn a_goal_is_reached_or_not() {
        let row = || Row::of_three("speed", "ms", [1.0, 5.0, 10.0]);
        assert_eq!(row().ratio_at_most(0.25).reached, Some(true));
        assert_eq!(row().ratio_at_most(0.1).reached, Some(false));
        assert_eq!(row().at_most(0.5).reached, Some(false));
        assert_eq!(row().ahead_of_both().reached, Some(false));
        assert_eq!(row().reached, None);
    }
}
