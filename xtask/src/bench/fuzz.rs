//! `cargo xtask fuzz strength`: any Unicode of up to 4,096 bytes into the estimator, on all cores, from a seed. Nothing
//! may panic, and nothing may take more steps than the estimator promises. Plots time against length.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use super::engine::Engine;
use super::engines;
use super::page::Page;
use super::plot::{self, Times};
use super::random::Random;
use serde_json::Value;

use crate::process;
use crate::progress::Step;
use crate::tools::Tools;
use crate::trouble::{Outcome, Trouble};
use crate::words;

/// The longest input, in bytes of UTF-8.
const LONGEST: usize = 4_096;

/// Inputs that a thread takes at once.
const BATCH: u64 = 1_000;

/// Ranges of code points; those that hurt (combining marks, right to left, unassigned, astral) next to plain ones.
const PLANES: [(u32, u32); 12] = [
    (0x20, 0x7E),
    (0x30, 0x39),
    (0x00, 0x24F),
    (0x300, 0x36F),
    (0x370, 0x5FF),
    (0x600, 0x6FF),
    (0x3040, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xFF00, 0xFFEF),
    (0x1_F300, 0x1_FAFF),
    (0x00, 0x10_FFFF),
];

const LEET: &str = "4@8({[<3691!|0$5+7%2aeiostlgzbcx";

/// What was found out.
#[derive(Default)]
struct Found {
    inputs: u64,
    most_steps: usize,
    /// The input that took them.
    hardest: String,
    failures: Vec<String>,
    times: Times,
}

/// Fuzzes and writes `target/strength-time.csv` and `docs/pictures/strength-time.svg`.
pub(crate) fn fuzz(inputs: u64, seed: u64) -> Outcome {
    let words = words::lists()?;
    let engine = Engine::with_full_words()?;
    let next = AtomicU64::new(0);
    // A panic is counted and shown by us; the default report of the first thousand would bury it.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let step = Step::begin(format!("fuzz the estimator with {inputs} inputs, seed {seed}"), "all cores");
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let all = thread::scope(|scope| {
        let work = || {
            let mut found = Found::default();
            loop {
                let from = next.fetch_add(BATCH, Ordering::Relaxed);
                if from >= inputs || process::interrupted() {
                    return found;
                }
                // Every batch has its own seed, so that the inputs do not depend on the number of threads.
                let mut random = Random::new(seed.wrapping_mul(0x1_0000_0001).wrapping_add(from));
                for _ in 0..BATCH.min(inputs - from) {
                    let text = input(&mut random, &words);
                    look(&engine, text, &mut found);
                }
            }
        };
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).fold(Found::default(), merged)
    });
    panic::set_hook(hook);
    step.done();
    if process::interrupted() {
        return Err(Trouble::new("Interrupted"));
    }
    report(&all)?;
    if all.failures.is_empty() && all.inputs == inputs {
        return Ok(());
    }
    all.failures.iter().take(20).for_each(|failure| eprintln!("    | {failure}"));
    Err(Trouble::new(format!("{} of {inputs} inputs failed", all.failures.len())))
}

/// Fuzzes the module as it is shipped, in as many browsers as there are cores.
pub(crate) fn fuzz_in_browsers(inputs: u64, seed: u64) -> Outcome {
    let browser = Tools::browser()?;
    let folder = engines::prepare()?.folder;
    let step =
        Step::begin(format!("fuzz the module with {inputs} inputs, seed {seed}"), "Chromium, on all cores");
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let answers: Vec<Outcome<Value>> = thread::scope(|scope| {
        let one = |at: u64| {
            let page = Page::open(&browser, folder.clone(), BTreeMap::new())?;
            let share = inputs / threads + u64::from(at < inputs % threads);
            let seed = seed.wrapping_mul(1_000_003).wrapping_add(at) % u64::from(u32::MAX);
            page.measure(&format!("fuzz&inputs={share}&seed={seed}"))
        };
        let running: Vec<_> = (0..threads).map(|at| scope.spawn(move || one(at))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    step.done();
    let answers = answers.into_iter().collect::<Outcome<Vec<Value>>>()?;
    let of = |name: &str| answers.iter().map(|it| it[name].as_f64().unwrap_or_default()).collect::<Vec<_>>();
    let failures: Vec<&Value> = answers.iter().flat_map(|it| it["failures"].as_array()).flatten().collect();
    let done: f64 = of("inputs").iter().sum();
    println!("inputs       {done}");
    println!("failures     {}", failures.len());
    println!("longest call {:.3} ms", of("longest").into_iter().fold(0.0, f64::max));
    failures.iter().take(20).for_each(|failure| eprintln!("    | {failure}"));
    if failures.is_empty() && done == inputs as f64 {
        return Ok(());
    }
    Err(Trouble::new(format!("{} of {inputs} inputs failed", failures.len())))
}

fn look(engine: &Engine, text: String, found: &mut Found) {
    let began = Instant::now();
    let answer = panic::catch_unwind(AssertUnwindSafe(|| engine.counted(&text)));
    found.times.add(text.chars().count(), began.elapsed());
    found.inputs += 1;
    match answer {
        Err(_) => found.failures.push(format!("panic: {text:?}")),
        Ok((score, guesses, _)) if score > 4 || !guesses.is_finite() || guesses < 0.0 => {
            found.failures.push(format!("score {score}, guesses {guesses}: {text:?}"));
        }
        Ok((_, _, steps)) => {
            if steps > Engine::most_steps(&text) {
                found.failures.push(format!("{steps} steps: {text:?}"));
            }
            if steps > found.most_steps {
                (found.most_steps, found.hardest) = (steps, text);
            }
        }
    }
}

fn merged(mut one: Found, other: Found) -> Found {
    one.inputs += other.inputs;
    one.failures.extend(other.failures);
    one.times.merge(&other.times);
    if other.most_steps > one.most_steps {
        (one.most_steps, one.hardest) = (other.most_steps, other.hardest);
    }
    one
}

fn report(found: &Found) -> Outcome {
    println!("inputs       {}", found.inputs);
    println!("failures     {}", found.failures.len());
    println!("most steps   {} of at most {}", found.most_steps, Engine::most_steps(&found.hardest));
    println!("hardest      {:?}", found.hardest.chars().take(80).collect::<String>());
    println!("longest call {:.3} ms", found.times.longest().as_secs_f64() * 1e3);
    for file in plot::write(&found.times)? {
        println!("written      {}", file.display());
    }
    Ok(())
}

/// One input: characters of one kind or of all, words with l33t, repeats; short ones as often as long ones.
fn input(random: &mut Random, words: &[Vec<String>]) -> String {
    let most = 1 << random.between(0, 12);
    let length = random.between(most / 2, most);
    let plane = *random.of(&PLANES);
    let kind = random.below(6);
    let mut text = String::new();
    while text.len() < length {
        match kind {
            0 => text.push(character(random, (0, 0x10_FFFF))),
            1 => {
                let list = random.of(words);
                text.push_str(random.of::<String>(list));
            }
            2 => text.push_str(&random.text(LEET, 8)),
            3 if !text.is_empty() && random.once_in(6) => text.push_str(&text.clone()),
            4 => {
                let plane = *random.of(&PLANES);
                text.push(character(random, plane));
            }
            _ => text.push(character(random, plane)),
        }
    }
    while text.len() > LONGEST {
        text.pop();
    }
    text
}

/// A character of a range; surrogates are none, so another is taken.
fn character(random: &mut Random, (from, to): (u32, u32)) -> char {
    let code = from + random.below((to - from + 1) as usize) as u32;
    char::from_u32(code).unwrap_or('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Random, input};

    #[test]
    fn inputs_are_the_same_for_a_seed_and_never_too_long() {
        let words = [vec!["password".to_owned()]];
        let of = |seed| {
            let mut random = Random::new(seed);
            (0..300).map(|_| input(&mut random, &words)).collect::<Vec<_>>()
        };
        assert_eq!(of(3), of(3));
        assert!(of(3).iter().all(|text| text.len() <= LONGEST));
        assert!(of(3).iter().any(|text| text.len() > 2000));
    }
}
