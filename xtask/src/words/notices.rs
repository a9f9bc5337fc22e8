//! `NOTICES.md`: from where the words are and what their licences ask, with the licences' own texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::languages::LANGUAGES;
use super::packages::{Package, ZXCVBN};
use crate::trouble::{Doing, Outcome, Trouble};

/// What the packages are under; another licence has to be looked at by a person first.
const LICENSE: &str = "MIT";

/// The subtitle words of the older packages come from a list under a licence of its own.
const SHARE_ALIKE: [&str; 5] = ["de", "it", "ja", "nl", "pl"];

const HEAD: &str = "\
# Word files: sources and notices

`cargo xtask words` makes these files; do not change them by hand. They are data: pages fetch them apart; the server contains `full`. Each is
a selection of the lists named below, sorted, folded and stored with the magnitude of each word's rank. An operator who
does not want one of them leaves it away.

";

const SHARED: &str = "\
`built_in.words` (inside the module), `small.words` and `full.words` are zxcvbn's lists, under MIT, and some words for
“password” in other languages chosen by us. zxcvbn's authors drew the passwords from published leaks, the words from
Wikipedia and from Wiktionary's frequency list of film and television, the names from the census of the United States.

";

const FREQUENCY_WORDS: &str = "\
The list `commonWords` of the packages for German, Italian, Japanese, Dutch and Polish is taken from FrequencyWords by
Hermit Dave (`hermitdave/FrequencyWords` on GitHub, made from OpenSubtitles 2018 by way of OPUS), whose content is under CC
BY-SA 3.0. **`de.words`, `it.words`, `ja.words`, `nl.words` and `pl.words` are therefore under CC BY-SA 3.0**
(`CC-BY-SA-3.0`, creativecommons.org/licenses/by-sa/3.0); changed as said above. The other files are not concerned.

Names: INSEE (France), INE (Spain), Statbel (Belgium), the register PESEL by way of dane.gov.pl (Poland), IBGE (Brazil), as
published by the packages. Words of Wikipedia: counted by the packages' authors. Left out: the packages' lists that
come from a page of Wiktionary (surnames of `language-pt-br`), because its licence is not the packages'.

";

/// The whole file.
pub(super) fn notices() -> Outcome<String> {
    let mut text = HEAD.to_owned();
    text.push_str("| file | package | version | licence | lists, and how many words of each are considered |\n| --- | --- | --- | --- | --- |\n");
    let line = |text: &mut String, file: &str, package: &Package, license: &str, lists: &str| {
        writeln!(text, "| `{file}` | `{}` | {} | {license} | {lists} |", package.name, package.version).ok();
    };
    line(&mut text, "built_in, small, full", &ZXCVBN, LICENSE, "all six: passwords 815; 5,000 each; all");
    for language in &LANGUAGES {
        let share_alike = SHARE_ALIKE.contains(&language.tag);
        let license = if share_alike {
            "MIT; CC-BY-SA-3.0 for `commonWords`"
        } else {
            "MIT; ODC-By-1.0 for `commonWords`"
        };
        let of = |take: usize| if take == usize::MAX { "all".to_owned() } else { take.to_string() };
        let lists: Vec<String> =
            language.lists.iter().map(|list| format!("`{}` {}", list.file, of(list.take))).collect();
        line(&mut text, &format!("{}.words", language.tag), language.package, license, &lists.join(", "));
    }
    write!(text, "\n{SHARED}{FREQUENCY_WORDS}").ok();

    let packages: Vec<&Package> =
        std::iter::once(&ZXCVBN).chain(LANGUAGES.iter().map(|language| language.package)).collect();
    let mut texts: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for package in packages {
        let manifest: Value = serde_json::from_str(&package.read("package.json")?)
            .doing(|| format!("read {}", package.name))?;
        if manifest["license"] != LICENSE {
            return Err(Trouble::new(format!("{} is under {}", package.name, manifest["license"]))
                .advice("decide whether its words may be used, and say so in xtask/src/words/notices.rs"));
        }
        texts.entry(("Licence", package.read("LICENSE.txt")?)).or_default().push(package.name);
        if package.folder()?.join("NOTICE.md").is_file() {
            texts.entry(("Notice", package.read("NOTICE.md")?)).or_default().push(package.name);
        }
    }
    for ((what, body), packages) in texts {
        write!(text, "## {what} of {}\n\n```text\n{}\n```\n\n", packages.join(", "), body.trim()).ok();
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}
