//! Says what is being done, and during long steps for how long already and what is awaited.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often a long step says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A step under way. It speaks when it begins, every fifteen seconds, and when [`done`](Self::done).
pub(crate) struct Step {
    name: String,
    began: Instant,
    heart: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Step {
    /// Begins a step. `awaits` says what the heartbeat waits for, such as “cargo, which compiles 300 crates”.
    pub(crate) fn begin(name: impl Into<String>, awaits: impl Into<String>) -> Step {
        let (name, awaits) = (name.into(), awaits.into());
        eprintln!("  … {name}");
        let (stop, stopped) = mpsc::channel();
        let (began, label) = (Instant::now(), name.clone());
        let beat = thread::spawn(move || {
            while stopped.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                eprintln!("    {label}: {}, waiting for {awaits}", elapsed(began.elapsed()));
            }
        });
        Step { name, began, heart: Some((stop, beat)) }
    }

    /// Ends the step with its time.
    pub(crate) fn done(mut self) {
        self.stop();
        eprintln!("  ✓ {} ({})", self.name, elapsed(self.began.elapsed()));
    }

    fn stop(&mut self) {
        if let Some((stop, beat)) = self.heart.take() {
            drop(stop);
            beat.join().ok();
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.stop();
    }
}

/// `3.2 s`, `48 s`, `2 min 05 s`.
pub(crate) fn elapsed(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::elapsed;
    use std::time::Duration;

    #[test]
    fn times_read_as_a_person_says_them() {
        assert_eq!(elapsed(Duration::from_millis(3240)), "3.2 s");
        assert_eq!(elapsed(Duration::from_secs(48)), "48 s");
        assert_eq!(elapsed(Duration::from_secs(125)), "2 min 05 s");
    }
}
