//! Names out of source text, for the tests that hold the npm package against the sources.

use std::collections::BTreeSet;
use std::fs;

use super::templates;
use crate::package::files_below;
use crate::paths;

pub(super) type Names = BTreeSet<String>;

/// A file of the repository.
pub(super) fn source(path: &str) -> String {
    fs::read_to_string(paths::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file of the npm package's own.
pub(super) fn template(name: &str) -> String {
    fs::read_to_string(templates().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every Rust file below a folder, one after the other.
pub(super) fn rust_below(folder: &str) -> String {
    let files = files_below(&paths::root().join(folder));
    let rust = files.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
    rust.map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// What follows each `mark`, up to the first of `ends`. Never nothing: a mark that is not there is a mistake.
pub(super) fn after(text: &str, mark: &str, ends: &[char]) -> Names {
    let names: Names =
        text.split(mark).skip(1).filter_map(|rest| rest.split(ends).next()).map(str::to_owned).collect();
    assert!(!names.is_empty(), "there is no {mark}");
    names
}

/// What stands between `head` and the end of its block, which is a brace at the beginning of a line.
pub(super) fn block<'a>(text: &'a str, head: &str) -> &'a str {
    let (_, rest) = text.split_once(head).unwrap_or_else(|| panic!("there is no {head}"));
    rest.split_once("\n}").unwrap_or_else(|| panic!("{head} does not end")).0
}

/// What stands between `head` and the next `end`.
pub(super) fn between<'a>(text: &'a str, head: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(head).unwrap_or_else(|| panic!("there is no {head}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{head} does not end")).0
}

/// The texts in double quotes.
pub(super) fn quoted(text: &str) -> Names {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The lines of a block that declare something: two spaces before them, and no comment.
pub(super) fn declarations(block: &str) -> Vec<&str> {
    let lines = block.lines().filter_map(|line| line.strip_prefix("  "));
    let declarations: Vec<&str> = lines.filter(|line| !line.starts_with([' ', '/', '}'])).collect();
    assert!(!declarations.is_empty(), "nothing is declared in {block}");
    declarations
}

/// The name that a line of TypeScript or JavaScript declares.
pub(super) fn name(declaration: &str) -> String {
    let modifiers = ["readonly ", "static ", "async ", "get ", "set "];
    let mut rest = declaration;
    while let Some(shorter) = modifiers.iter().find_map(|modifier| rest.strip_prefix(modifier)) {
        rest = shorter;
    }
    rest.split(['(', ':', '?', ';', ' ']).next().unwrap_or_default().trim_matches('"').to_owned()
}

/// A union of words: the type of this name.
pub(super) fn union(typings: &str, name: &str) -> Names {
    quoted(between(typings, &format!("export type {name} ="), ";\n"))
}
