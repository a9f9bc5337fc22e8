//! The inputs that fuzzing kept, run again: each of them once reached something that no other did, or broke it.

use sspr_fuzz::{TARGETS, corpus};
use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

/// Bytes that all of them may take in the repository.
const MOST_BYTES: u64 = 1_500_000;
/// Time that one input may take. Far more than any does; it finds what grows without bound.
const PATIENCE: Duration = Duration::from_secs(5);

fn kept(name: &str) -> Vec<PathBuf> {
    let folder = fs::read_dir(corpus(name)).unwrap_or_else(|error| panic!("corpus/{name}: {error}"));
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_kept_input_passes_in_time() {
    for target in TARGETS {
        let files = kept(target.name);
        assert!(!files.is_empty(), "nothing is kept for {}", target.name);
        for file in files {
            let input = fs::read(&file).unwrap();
            let began = Instant::now();
            // A panic shows the file in the captured output.
            println!("{}", file.display());
            (target.run)(&input);
            assert!(began.elapsed() < PATIENCE, "{} took {:?}", file.display(), began.elapsed());
        }
    }
}

#[test]
fn the_kept_inputs_are_small() {
    let bytes: u64 = TARGETS.iter().flat_map(|it| kept(it.name)).map(|it| it.metadata().unwrap().len()).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}

#[test]
fn nothing_is_kept_for_a_target_that_is_gone() {
    for entry in fs::read_dir(corpus("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(sspr_fuzz::target(&name).is_some(), "{name}");
    }
}
