//! Whether our clock goes with those of the machines that we work with.

use super::{Code, Finding};
use jiff::Timestamp;

/// Seconds that clocks may differ: the answer was on its way, and some tell whole seconds.
const DRIFT: u64 = 5;

/// Seconds of one code of an authenticator app.
const OFF: u64 = 30;

/// What other machines said, and how far ours was ahead then, in seconds.
#[derive(Default)]
pub(super) struct Clocks(Vec<(&'static str, i64)>);

impl Clocks {
    /// Notes a time that was just told.
    pub(super) fn told(&mut self, by: &'static str, time: Timestamp) {
        self.0.push((by, Timestamp::now().as_second().saturating_sub(time.as_second())));
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        if self.0.is_empty() {
            let found = "Nothing that the server works with tells the time.";
            return vec![Finding::new(Code::ClockUnknown, found)];
        }
        self.0.iter().map(|(by, ahead)| compared(by, *ahead)).collect()
    }
}

fn compared(by: &str, ahead: i64) -> Finding {
    let apart = ahead.unsigned_abs();
    let code = match apart {
        0..=DRIFT => return Finding::new(Code::ClockOk, format_args!("The clock goes with that of {by}.")),
        _ if apart <= OFF => Code::ClockDrifts,
        _ => Code::ClockOff,
    };
    let way = if ahead > 0 { "ahead of" } else { "behind" };
    Finding::new(code, format_args!("The clock is {apart} seconds {way} that of {by}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_judged_by_how_far_it_is_off_either_way() {
        for (ahead, code) in [
            (0, Code::ClockOk),
            (-5, Code::ClockOk),
            (6, Code::ClockDrifts),
            (-30, Code::ClockDrifts),
            (31, Code::ClockOff),
            (i64::MIN, Code::ClockOff),
        ] {
            assert_eq!(compared("the database", ahead).code, code, "{ahead}");
        }
        assert_eq!(Clocks::default().findings()[0].code, Code::ClockUnknown);
    }
}
