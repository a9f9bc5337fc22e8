//! `cargo xtask conformance`: holds any server to the HTTP contract and prints a table of what holds.

mod account;
mod client;
mod codes;
mod everywhere;
mod kit;
mod recovery;
#[cfg(test)]
mod tests;
mod work;

use std::fmt::Write;

use serde_json::json;

pub(crate) use codes::Codes;
pub(crate) use kit::Setup;
use kit::{Kit, Need, Verdict};

use crate::paths;
use crate::reference::{Change, Reference};
use crate::trouble::{Outcome, Trouble};

/// One thing that the contract promises.
struct Check {
    area: &'static str,
    says: &'static str,
    needs: &'static [Need],
    run: fn(&Kit) -> Verdict,
}

macro_rules! check {
    ($area:literal, $says:literal, [$($need:expr),*], $run:ident) => {
        Check { area: $area, says: $says, needs: &[$($need),*], run: $run }
    };
}
use check;

/// How a check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Result {
    Holds,
    /// What was seen instead.
    Broken(String),
    /// The server says that it does not offer this.
    NotOffered,
    /// What the operator would have to give.
    NotRun(&'static str),
}

/// A line of the table.
struct Line {
    area: &'static str,
    says: &'static str,
    result: Result,
}

/// Every check, in the order in which a server is best written.
fn checks() -> impl Iterator<Item = &'static Check> {
    everywhere::CHECKS.iter().chain(recovery::CHECKS).chain(account::CHECKS)
}

/// Holds a server to what is wanted of it.
fn hold(setup: Setup, wanted: impl Fn(&Check) -> bool) -> std::result::Result<Vec<Line>, String> {
    let mut kit = Kit::new(setup);
    let described = kit.call("GET", "/describe").send()?;
    kit.description = described.json();
    if kit.description["version"] != 1 {
        return Err(format!("{}, and not with a description of version 1", described.told()));
    }
    let mut lines: Vec<Line> = checks()
        .filter(|check| wanted(check))
        .map(|check| {
            let unoffered = check.needs.iter().any(|need| match need {
                Need::Feature(name) => !kit.offers(name),
                Need::Work => !kit.asks_for_work(),
                _ => false,
            });
            let result = match check.needs.iter().find_map(|&need| kit.lacks(need)) {
                _ if unoffered => Result::NotOffered,
                Some(lacks) => Result::NotRun(lacks),
                None => (check.run)(&kit).map_or_else(Result::Broken, |()| Result::Holds),
            };
            Line { area: check.area, says: check.says, result }
        })
        .collect();
    let breaches = kit.client.breaches.borrow();
    lines.extend(client::EVERYWHERE.map(|says| {
        let result = breaches.get(says).map_or(Result::Holds, |told| Result::Broken(told.clone()));
        Line { area: "every answer", says, result }
    }));
    Ok(lines)
}

/// The table, and its last line.
fn table(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut area = "";
    for line in lines {
        if line.area != area {
            area = line.area;
            // Writing to a text cannot fail.
            let _ = writeln!(text, "\n{area}");
        }
        let _ = match &line.result {
            Result::Holds => writeln!(text, "  holds        {}", line.says),
            Result::NotOffered => writeln!(text, "  not offered  {}", line.says),
            Result::NotRun(lacks) => writeln!(text, "  not run      {}: needs {lacks}", line.says),
            Result::Broken(seen) => writeln!(text, "  BROKEN       {}\n               {seen}", line.says),
        };
    }
    let count = |wanted: fn(&Result) -> bool| lines.iter().filter(|line| wanted(&line.result)).count();
    let _ = writeln!(
        text,
        "\n{} hold, {} broken, {} not offered, {} not run",
        count(|it| *it == Result::Holds),
        count(|it| matches!(it, Result::Broken(_))),
        count(|it| *it == Result::NotOffered),
        count(|it| matches!(it, Result::NotRun(_))),
    );
    text
}

/// The same for machines.
fn as_json(lines: &[Line]) -> String {
    let line = |line: &Line| {
        let (result, seen) = match &line.result {
            Result::Holds => ("holds", None),
            Result::Broken(seen) => ("broken", Some(seen.as_str())),
            Result::NotOffered => ("not offered", None),
            Result::NotRun(lacks) => ("not run", Some(*lacks)),
        };
        json!({ "area": line.area, "check": line.says, "result": result, "seen": seen })
    };
    json!(lines.iter().map(line).collect::<Vec<_>>()).to_string()
}

/// Holds the server of the setup to the contract, or our own where there is none. Whether all of it holds; with `strict`,
/// whether all of it was run too.
pub(crate) fn conformance(setup: Option<Setup>, json: bool, strict: bool) -> Outcome<bool> {
    let own = setup.is_none();
    let lines = match setup {
        Some(setup) => hold(setup, |_| true),
        None => {
            Reference::build()?;
            let folder = paths::target().join("conformance");
            std::fs::remove_dir_all(&folder).ok();
            with_our_server(&folder, |setup| hold(setup, |_| true))?
        }
    };
    let lines = lines.map_err(|why| {
        Trouble::new(why)
            .advice("give the address under which /describe answers, such as http://127.0.0.1:8080/sspr/v1")
    })?;
    print!("{}", if json { as_json(&lines) + "\n" } else { table(&lines) });
    let fails = |line: &Line| match line.result {
        Result::Broken(_) => true,
        Result::NotRun(_) | Result::NotOffered => strict || own,
        Result::Holds => false,
    };
    Ok(!lines.iter().any(fails))
}

/// Whom the checks borrow from `tests/accounts.json`.
const PERSON: &str = "blair";
/// One proof is enough, a code is not sent again at once, and a start asks for a little work.
const CHANGES: [Change; 3] =
    [("policy", "gates", 1), ("limits", "resend_after", 5), ("captcha", "difficulty", 4)];
const ORIGIN: &str = "https://intranet.example";

/// Our own server on an empty SQLite file, with a mailbox and everything that the checks can ask for.
fn with_our_server<T>(folder: &std::path::Path, with: impl FnOnce(Setup) -> T) -> Outcome<T> {
    let reference = Reference::start(folder, ORIGIN, &format!("{ORIGIN}/"), &CHANGES)?;
    Ok(with(Setup {
        url: format!("{}/sspr/v1", reference.server_url),
        identifier: Some(PERSON.to_owned()),
        codes: Some(Codes::List(format!("{}/mailbox/messages", reference.mailbox_url))),
        origin: Some(ORIGIN.to_owned()),
    }))
}
