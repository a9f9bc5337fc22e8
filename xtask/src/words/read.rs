//! Reads the word lists of the packages. JavaScript is read as text, never run.

use serde_json::Value;

use crate::trouble::{Doing, Outcome, Trouble};

/// The lists of zxcvbn's `frequency_lists.js`, each under its name: an object of strings that are split at commas.
pub(super) fn frequency_lists(script: &str) -> Outcome<Vec<(String, Vec<String>)>> {
    let broken = |why: &str| Trouble::new(format!("The frequency lists of zxcvbn cannot be read: {why}"));
    let body = script.split_once("frequency_lists = {").ok_or_else(|| broken("no object"))?.1;
    let body = body.split_once("\n};").ok_or_else(|| broken("no end"))?.0;
    let mut lists = Vec::new();
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").ok_or_else(|| broken("a line without a name"))?;
        let (words, rest) = string(value).ok_or_else(|| broken(name))?;
        if rest.trim_end_matches(',') != ".split(\",\")" {
            return Err(broken(name));
        }
        lists.push((name.to_owned(), words.split(',').map(str::to_owned).collect()));
    }
    if lists.is_empty() { Err(broken("nothing in it")) } else { Ok(lists) }
}

/// A string in double quotes, and what follows it. Only the escapes that need no table are known.
fn string(script: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = script.strip_prefix('"')?.chars();
    loop {
        match letters.next()? {
            '"' => return Some((text, letters.as_str())),
            '\\' => text.push(letters.next().filter(|c| matches!(c, '\'' | '"' | '\\'))?),
            letter => text.push(letter),
        }
    }
}

/// A JSON array of words.
pub(super) fn array(json: &str) -> Outcome<Vec<String>> {
    let value: Value = serde_json::from_str(json).doing(|| "read a word list as JSON".to_owned())?;
    let words = value.as_array().ok_or_else(|| Trouble::new("A word list is no JSON array"))?;
    words
        .iter()
        .map(|word| word.as_str().map(str::to_owned))
        .collect::<Option<_>>()
        .ok_or_else(|| Trouble::new("A word list holds something else than words"))
}

#[cfg(test)]
mod tests {
    use super::{array, frequency_lists};

    #[test]
    fn lists_are_read_in_their_order() {
        let script = "// x\nvar frequency_lists;\n\nfrequency_lists = {\n  passwords: \"123456,pass\".split(\",\"),\n  \
                      us_tv: \"i'm,a\\\"b,don\\'t\".split(\",\")\n};\n\nmodule.exports = frequency_lists;\n";
        let lists = frequency_lists(script).unwrap();
        assert_eq!(lists[0], ("passwords".to_owned(), vec!["123456".to_owned(), "pass".to_owned()]));
        assert_eq!(lists[1].1, ["i'm", "a\"b", "don't"]);
    }

    #[test]
    fn anything_else_than_lists_is_refused() {
        assert!(frequency_lists("frequency_lists = {\n  a: evil(),\n};").is_err());
        assert!(frequency_lists("frequency_lists = {\n  a: \"x\".repeat(2),\n};").is_err());
        assert!(frequency_lists("frequency_lists = {\n};").is_err());
        assert!(frequency_lists("frequency_lists = {\n  a: \"\\x41\".split(\",\"),\n};").is_err());
        assert!(frequency_lists("").is_err());
        assert!(array("{}").is_err());
        assert!(array("[1]").is_err());
    }
}
