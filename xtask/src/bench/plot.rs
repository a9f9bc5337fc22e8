//! Time against length: how long calls took, for every length, as a table and as a picture.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::paths;
use crate::trouble::{Doing, Outcome};

/// Four steps an octave of lengths, up to 4,096 characters.
const LENGTHS: usize = 49;
/// Ten steps a decade of times, from 100 ns to 10 s.
const TIMES: usize = 80;

/// How many calls of a length took how long.
pub(super) struct Times {
    counts: Vec<[u64; TIMES]>,
    longest: Vec<Duration>,
}

impl Default for Times {
    fn default() -> Times {
        Times { counts: vec![[0; TIMES]; LENGTHS], longest: vec![Duration::ZERO; LENGTHS] }
    }
}

impl Times {
    pub(super) fn add(&mut self, characters: usize, time: Duration) {
        let length = ((characters.max(1) as f64).log2() * 4.0).round() as usize;
        let length = length.min(LENGTHS - 1);
        let step = (time.as_secs_f64().max(1e-7).log10() + 7.0) * 10.0;
        self.counts[length][(step as usize).min(TIMES - 1)] += 1;
        self.longest[length] = self.longest[length].max(time);
    }

    pub(super) fn merge(&mut self, other: &Times) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
        for (mine, theirs) in self.longest.iter_mut().zip(&other.longest) {
            *mine = (*mine).max(*theirs);
        }
    }

    pub(super) fn longest(&self) -> Duration {
        self.longest.iter().max().copied().unwrap_or_default()
    }

    /// For every length that occurred: the length, the number of calls, and median, p99 and longest in ms.
    fn lines(&self) -> Vec<(f64, u64, [f64; 3])> {
        let lines = self.counts.iter().zip(&self.longest).enumerate();
        lines
            .filter(|(_, (counts, _))| counts.iter().any(|count| *count > 0))
            .map(|(at, (counts, longest))| {
                let all = counts.iter().sum::<u64>();
                let percentile = |share: f64| {
                    let wanted = (all as f64 * share).ceil() as u64;
                    let mut seen = 0;
                    let step = counts.iter().position(|count| {
                        seen += count;
                        seen >= wanted
                    });
                    10f64.powf((step.unwrap_or_default() as f64 + 0.5) / 10.0 - 4.0)
                };
                (
                    (at as f64 / 4.0).exp2(),
                    all,
                    [percentile(0.5), percentile(0.99), longest.as_secs_f64() * 1e3],
                )
            })
            .collect()
    }
}

/// Writes the table and the picture and returns where they are.
pub(super) fn write(times: &Times) -> Outcome<[PathBuf; 2]> {
    let lines = times.lines();
    let mut table = "characters,calls,median_ms,p99_ms,longest_ms\n".to_owned();
    for (length, calls, [median, p99, longest]) in &lines {
        writeln!(table, "{length:.0},{calls},{median:.4},{p99:.4},{longest:.4}").ok();
    }
    let files =
        [paths::target().join("strength-time.csv"), paths::root().join("docs/pictures/strength-time.svg")];
    for (file, text) in files.iter().zip([table, picture(&lines)]) {
        fs::write(file, text).doing(|| format!("write {}", file.display()))?;
    }
    Ok(files)
}

/// Both axes are logarithmic: 1 to 4,096 characters, 1 µs to 1 s.
fn picture(lines: &[(f64, u64, [f64; 3])]) -> String {
    let x = |length: f64| 70.0 + length.log2() * 50.0;
    let y = |ms: f64| 330.0 - (ms.clamp(1e-3, 1e3).log10() + 3.0) * 50.0;
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 390\" font-family=\"sans-serif\" font-size=\"13\">\n\
        <title>Time of one estimate against the length of the password</title>\n\
        <rect width=\"760\" height=\"390\" fill=\"#fff\"/>\n"
        .to_owned();
    for (ms, label) in [
        (1e-3, "1 µs"),
        (1e-2, "10 µs"),
        (0.1, "0.1 ms"),
        (1.0, "1 ms"),
        (10.0, "10 ms"),
        (100.0, "100 ms"),
        (1e3, "1 s"),
    ] {
        let at = y(ms);
        writeln!(svg, "<path d=\"M70 {at:.0}H670\" stroke=\"#ddd\"/><text x=\"62\" y=\"{:.0}\" text-anchor=\"end\">{label}</text>", at + 4.0).ok();
    }
    for octave in (0..=12).step_by(2) {
        let length = f64::from(1 << octave);
        writeln!(svg, "<path d=\"M{0:.0} 30V330\" stroke=\"#ddd\"/><text x=\"{0:.0}\" y=\"350\" text-anchor=\"middle\">{length}</text>", x(length)).ok();
    }
    for (which, name, colour) in [(0, "median", "#1b6e4b"), (1, "p99", "#2457a6"), (2, "longest", "#b3372c")]
    {
        let points: Vec<String> =
            lines.iter().map(|(length, _, ms)| format!("{:.1},{:.1}", x(*length), y(ms[which]))).collect();
        let end = lines.last().map_or(330.0, |(_, _, ms)| y(ms[which]));
        writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        )
        .ok();
        writeln!(svg, "<text x=\"678\" y=\"{:.0}\" fill=\"{colour}\">{name}</text>", end + 4.0).ok();
    }
    svg.push_str("<text x=\"370\" y=\"378\" text-anchor=\"middle\">characters</text>\n</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::Times;
    use std::time::Duration;

    #[test]
    fn times_are_kept_by_length_and_merge() {
        let (mut one, mut other) = (Times::default(), Times::default());
        (0..99).for_each(|_| one.add(16, Duration::from_micros(50)));
        other.add(16, Duration::from_millis(30));
        other.add(100_000, Duration::from_secs(100));
        one.merge(&other);
        let lines = one.lines();
        assert_eq!(lines.len(), 2);
        let (length, calls, [median, p99, longest]) = lines[0];
        assert_eq!((length, calls, longest), (16.0, 100, 30.0));
        assert!((0.04..0.07).contains(&median) && (0.04..0.07).contains(&p99));
        assert_eq!(one.longest(), Duration::from_secs(100));
    }
}
