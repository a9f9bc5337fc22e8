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

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, built_in, folder};
    use crate::size::brotli;
    use sspr_core::strength::{Estimator, Words};
    use std::path::PathBuf;

    fn read(file: PathBuf) -> Words {
        Words::read(&std::fs::read(&file).unwrap())
            .unwrap_or_else(|problem| panic!("{}: {problem:?}", file.display()))
    }

    fn compressed(file: PathBuf) -> usize {
        brotli(&std::fs::read(file).unwrap()).unwrap()
    }

    #[test]
    fn the_files_have_the_promised_sizes() {
        assert!(compressed(built_in()) <= 4_000);
        assert!(compressed(folder().join("small.words")) <= 60_000);
        assert!(compressed(folder().join("full.words")) <= 220_000);
        for language in &LANGUAGES {
            assert!(
                compressed(folder().join(format!("{}.words", language.tag))) <= 40_000,
                "{}",
                language.tag
            );
        }
    }

    #[test]
    fn more_words_make_more_passwords_weak() {
        let guesses = |estimator: &Estimator, password| estimator.estimate(password).log10_guesses;
        let basic = Estimator::new(2026);
        let (mut small, mut full) = (Estimator::new(2026), Estimator::new(2026));
        small.set_words(read(folder().join("small.words")));
        full.set_words(read(folder().join("full.words")));
        // On the lists at places 14,000 and 3,000.
        assert!(guesses(&small, "evaporator") > guesses(&full, "evaporator"));
        assert!(guesses(&basic, "subjected") > guesses(&small, "subjected"));
        assert!(!small.estimate("x").basic && basic.estimate("x").basic);
    }

    #[test]
    fn every_language_knows_its_own_commonplaces() {
        for (tag, password) in [
            ("de", "Schokolade1"),
            ("de", "Muellerstrasse"),
            ("fr", "motdepasse1"),
            ("es", "contraseña1"),
            ("it", "cioccolato1"),
            ("ja", "Sakurazaka"),
            ("ja", "ありがとうさくら"),
            ("ja", "アリガトウサクラ"),
            ("nl", "wachtwoord1"),
            ("pl", "kochanie1"),
            ("pt", "flamengo1"),
        ] {
            let mut with = Estimator::new(2026);
            with.set_words(read(folder().join("small.words")));
            let without = with.estimate(password).log10_guesses;
            with.add_words(read(folder().join(format!("{tag}.words"))));
            assert!(with.estimate(password).log10_guesses < without, "{password}");
        }
    }
}
