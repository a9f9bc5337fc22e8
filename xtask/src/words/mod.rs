//! `cargo xtask words`: the word files of the strength estimator, from pinned packages of the npm registry.
//!
//! Three lengths of zxcvbn's lists (inside the module, small, full) and one file for each language. What is made is kept
//! in the repository with its notices, so that nobody needs a network to build.

mod kana;
mod languages;
mod notices;
pub(crate) mod packages;
mod read;
mod tiers;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::paths;
use crate::progress::Step;
use crate::trouble::{Doing, Outcome, Trouble};

use sspr_core::strength::Class;

use languages::LANGUAGES;

/// What a word is, as zxcvbn's advice tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Password,
    Word,
    Name,
}

/// A word and its place in its list, from 1.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    kind: Kind,
    rank: u32,
}

/// The folder of the files that are fetched.
pub(crate) fn folder() -> PathBuf {
    paths::root().join("crates/core/words")
}

/// The passwords inside the module.
fn built_in() -> PathBuf {
    paths::root().join("crates/core/src/strength/words/built_in.words")
}

/// Builds the files. With `check` it only compares them with those of the repository.
pub(crate) fn words(check: bool) -> Outcome {
    let mut different = Vec::new();
    for (file, bytes) in files()? {
        let shown = file.strip_prefix(paths::root()).unwrap_or(&file).display().to_string();
        if fs::read(&file).is_ok_and(|old| old == bytes) {
            println!("{shown}: {} bytes, as it was", bytes.len());
            continue;
        }
        if check {
            different.push(shown);
            continue;
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).doing(|| format!("create {}", folder.display()))?;
        }
        fs::write(&file, &bytes).doing(|| format!("write {}", file.display()))?;
        println!("{shown}: {} bytes", bytes.len());
    }
    if different.is_empty() {
        return Ok(());
    }
    Err(Trouble::new(format!("Not what the sources give: {}", different.join(", ")))
        .advice("run “cargo xtask words” and look at what changed"))
}

/// Every file with its content.
fn files() -> Outcome<Vec<(PathBuf, Vec<u8>)>> {
    let lists = tiers::Lists::read()?;
    let small = lists.beginnings(tiers::SMALL);
    let mut files = vec![
        (built_in(), encode(&lists.built_in())),
        (folder().join("small.words"), encode(&small)),
        (folder().join("full.words"), encode(&lists.beginnings(usize::MAX))),
    ];
    for language in &LANGUAGES {
        let step = Step::begin(format!("words of {}", language.tag), "npm and the encoder");
        let words = without_known(language.words()?, &small);
        files.push((folder().join(format!("{}.words", language.tag)), encode(&words)));
        step.done();
    }
    files.push((folder().join("NOTICES.md"), notices::notices()?.into_bytes()));
    Ok(files)
}

/// Ours as the estimator's encoder takes them.
fn encode(words: &[Word]) -> Vec<u8> {
    let class = |kind| match kind {
        Kind::Password => Class::Password,
        Kind::Word => Class::Word,
        Kind::Name => Class::Name,
    };
    let words: Vec<_> = words.iter().map(|word| (word.text.clone(), class(word.kind), word.rank)).collect();
    sspr_core::strength::encode(&words)
}

/// Leaves out what the small file, which is always loaded first, knows as common already.
fn without_known(words: Vec<Word>, known: &[Word]) -> Vec<Word> {
    let mut ranks: BTreeMap<&str, u32> = BTreeMap::new();
    for word in known {
        let rank = ranks.entry(&word.text).or_insert(word.rank);
        *rank = word.rank.min(*rank);
    }
    words
        .into_iter()
        .filter(|word| ranks.get(word.text.as_str()).is_none_or(|rank| *rank > word.rank))
        .collect()
}

/// zxcvbn's lists, for making passwords.
pub(crate) fn lists() -> Outcome<Vec<Vec<String>>> {
    Ok(tiers::Lists::read()?.words())
}

/// Every word that zxcvbn or zxcvbn-ts knows with its English words.
pub(crate) fn known_to_the_rivals() -> Outcome<BTreeSet<String>> {
    let mut known: BTreeSet<String> = lists()?.into_iter().flatten().collect();
    for (package, file) in [
        (&packages::TS_COMMON, "passwords"),
        (&packages::TS_EN, "commonWords"),
        (&packages::TS_EN, "firstnames"),
        (&packages::TS_EN, "lastnames"),
        (&packages::TS_EN, "wikipedia"),
    ] {
        known.extend(read::array(&package.read(&format!("src/{file}.json"))?)?);
    }
    Ok(known)
}
