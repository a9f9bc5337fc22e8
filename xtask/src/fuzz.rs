//! `cargo xtask fuzz targets`: libFuzzer drives the targets of `crates/fuzz`, each for so long; what is worth keeping is kept
//! in `crates/fuzz/corpus`, which `cargo test` replays. And `cargo xtask fuzz api`: Schemathesis against a running server.
//!
//! Coverage comes from LLVM's own pass, which the stable compiler has but does not offer: `RUSTC_BOOTSTRAP` lets it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths;
use crate::process::{self, Run};
use crate::reference::Reference;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};

/// What libFuzzer needs in the code: counters of edges, and where each is.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg fuzzing";
/// Longest input, in bytes.
const LONGEST: u32 = 8192;
/// Seconds that one input may take, many times what any does on a busy machine.
const PATIENCE: u32 = 25;
/// Inputs that are kept of a target at most, beside those that people wrote.
const MOST_KEPT: usize = 250;
/// Memory in MiB that a target may take.
const MEMORY: u32 = 2048;

/// One line of the table.
struct Row {
    name: String,
    executions: u64,
    edges: u64,
    kept: usize,
    crashed: bool,
}

/// Runs all targets one after the other, or one, and keeps what covers more. False where one found something.
pub(crate) fn targets(seconds: u32, only: Option<&str>) -> Outcome<bool> {
    let program = build()?;
    let names = names()?;
    let chosen: Vec<&String> = names.iter().filter(|name| only.is_none_or(|only| only == *name)).collect();
    if chosen.is_empty() {
        return Err(Trouble::new(format!("There is no target “{}”", only.unwrap_or_default()))
            .advice(format!("choose one of: {}", names.join(", "))));
    }
    let mut rows = Vec::new();
    for name in chosen {
        rows.push(fuzz(&program, name, seconds)?);
    }
    println!("{:<10} {:>12} {:>8} {:>8}  findings", "target", "executions", "edges", "kept");
    for row in &rows {
        let findings = if row.crashed { "see above" } else { "none" };
        println!("{:<10} {:>12} {:>8} {:>8}  {findings}", row.name, row.executions, row.edges, row.kept);
    }
    Ok(rows.iter().all(|row| !row.crashed))
}

fn corpus(name: &str) -> PathBuf {
    paths::root().join("crates/fuzz/corpus").join(name)
}

/// Where inputs are gathered that are not kept.
fn work() -> PathBuf {
    paths::target().join("fuzz").join("work")
}

fn names() -> Outcome<Vec<String>> {
    let mut list = Command::new("cargo");
    list.current_dir(paths::root()).args(["run", "--locked", "--quiet", "--package", "sspr-fuzz"]);
    let said = process::output(&mut list)
        .ok_or_else(|| Trouble::new("sspr-fuzz does not list its targets").advice("build it and see why"))?;
    Ok(said.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

/// The program with libFuzzer in it.
fn build() -> Outcome<PathBuf> {
    let host = process::output(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    let host = host.ok_or_else(|| Trouble::new("rustc does not say what it builds for"))?;
    let target = paths::target().join("fuzz");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(paths::root()).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", FLAGS);
    // With a target of its own, build scripts and macros are built without the flags.
    cargo.args(["build", "--locked", "--package", "sspr-fuzz", "--profile", "fuzz", "--target", &host]);
    Run {
        what: "build the fuzz targets",
        awaits: "cargo; the first time it compiles everything with counters",
        advice: "correct what the compiler says above; libFuzzer itself needs a C++ compiler",
    }
    .quietly(cargo.arg("--target-dir").arg(&target))?;
    Ok(target.join(host).join("fuzz").join("sspr-fuzz"))
}

fn fuzz(program: &Path, name: &str, seconds: u32) -> Outcome<Row> {
    let (found, crashes) = (work().join(name), paths::target().join("fuzz").join("findings"));
    for folder in [&found, &crashes, &corpus(name)] {
        fs::create_dir_all(folder).doing(|| format!("create {}", folder.display()))?;
    }
    let log = crashes.join(format!("{name}.log"));
    let file = fs::File::create(&log).doing(|| format!("write {}", log.display()))?;
    let errors = file.try_clone().doing(|| format!("write {}", log.display()))?;
    let mut command = Command::new(program);
    command.env("SSPR_FUZZ_TARGET", name).stdout(file).stderr(errors);
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-timeout={PATIENCE}"));
    command.arg(format!("-rss_limit_mb={MEMORY}")).arg(format!("-max_len={LONGEST}"));
    command.arg(format!("-artifact_prefix={}/{name}-", crashes.display())).arg("-print_final_stats=1");
    eprintln!("{name}: {seconds} s, log in {}", log.display());
    let status =
        command.arg(&found).arg(corpus(name)).status().doing(|| format!("start {}", program.display()))?;
    if process::interrupted() {
        return Err(Trouble::new("Interrupted"));
    }
    let said = fs::read(&log).doing(|| format!("read {}", log.display()))?;
    let said = String::from_utf8_lossy(&said);
    let crashed = !status.success();
    if crashed {
        let lines: Vec<&str> =
            said.lines().filter(|line| line.contains("panicked") || line.contains("ERROR")).collect();
        lines.iter().for_each(|line| eprintln!("    | {line}"));
        eprintln!("    | the input is below {}", crashes.display());
    } else {
        keep(program, name, &found)?;
    }
    let kept = fs::read_dir(corpus(name)).map(Iterator::count).unwrap_or(0);
    let row = Row {
        name: name.to_owned(),
        executions: number_after(&said, "stat::number_of_executed_units:"),
        edges: number_after(&said, "cov: "),
        kept,
        crashed,
    };
    Ok(row)
}

/// The last number that follows some words.
fn number_after(text: &str, words: &str) -> u64 {
    let rest = text.rsplit(words).next().filter(|rest| rest.len() < text.len()).unwrap_or_default();
    rest.split_whitespace().next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// Keeps the fewest inputs that reach every edge that all of them do, small ones first, beside those that people wrote
/// (`seed-…`) and those that once broke something (`finding-…`).
fn keep(program: &Path, name: &str, found: &Path) -> Outcome {
    let fewest = work().join(format!("{name}-fewest"));
    fs::remove_dir_all(&fewest).ok();
    fs::create_dir_all(&fewest).doing(|| format!("create {}", fewest.display()))?;
    let mut merge = Command::new(program);
    merge.env("SSPR_FUZZ_TARGET", name).args(["-set_cover_merge=1", "-use_counters=0", "-max_len=4096"]);
    merge.arg(&fewest).arg(corpus(name)).arg(found);
    Run { what: &format!("keep what {name} found"), awaits: "libFuzzer", advice: "see what it says above" }
        .quietly(&mut merge)?;
    for old in files(&corpus(name))? {
        let by_hand = old.file_name().is_some_and(|it| {
            let it = it.to_string_lossy();
            it.starts_with("seed-") || it.starts_with("finding-")
        });
        if !by_hand {
            fs::remove_file(&old).doing(|| format!("remove {}", old.display()))?;
        }
    }
    let mut small = files(&fewest)?;
    small.sort_by_cached_key(|file| (file.metadata().map_or(0, |it| it.len()), file.clone()));
    for file in small.into_iter().take(MOST_KEPT) {
        let to = corpus(name).join(file.file_name().unwrap_or_default());
        fs::copy(&file, &to).doing(|| format!("write {}", to.display()))?;
    }
    Ok(())
}

fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).doing(|| format!("read {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect())
}

/// Schemathesis reads the OpenAPI document of a running server and asks it everything that it describes, rightly and wrongly,
/// for so many seconds. False where an answer is not as the document says.
pub(crate) fn api(seconds: u32) -> Outcome<bool> {
    let schemathesis = Tools::schemathesis()?;
    Reference::build()?;
    let folder = paths::target().join("fuzz").join("api");
    fs::remove_dir_all(&folder).ok();
    // What a program asks at this rate would soon be too often, and 429 tells nothing of the rest.
    const MANY: i64 = 1_000_000;
    let limits = [
        "starts_per_hour",
        "failed_proofs_per_day",
        "messages_per_destination",
        "starts_per_prefix",
        "ranges_per_prefix",
        "starts_total",
        "failed_sign_ins_per_prefix",
        "texts_per_day",
    ];
    let changes: Vec<_> = limits.iter().map(|key| ("limits", *key, MANY)).collect();
    let page = "http://127.0.0.1/reset";
    let reference = Reference::start(&folder, "http://127.0.0.1", page, &changes)?;
    let url = format!("{}/sspr/v1/openapi.json", reference.server_url);
    let mut run = Command::new(schemathesis);
    run.current_dir(&folder).arg("--config-file").arg(paths::root().join("crates/fuzz/schemathesis.toml"));
    run.args(["run", &url, "--url", &reference.server_url]);
    run.args(["--checks", "all", "--seed", "1", "--no-color", "--max-time", &seconds.to_string()]);
    let status = run.status().doing(|| "start schemathesis".to_owned())?;
    drop(reference);
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::number_after;

    #[test]
    fn the_last_number_counts() {
        let said = "#1 INITED cov: 12 ft: 3\n#9 NEW cov: 345 ft: 6\nstat::number_of_executed_units: 78\n";
        assert_eq!(number_after(said, "cov: "), 345);
        assert_eq!(number_after(said, "stat::number_of_executed_units:"), 78);
        assert_eq!(number_after(said, "nothing"), 0);
    }
}
