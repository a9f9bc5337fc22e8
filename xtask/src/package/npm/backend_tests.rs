//! The typings of a backend in the page say what the contract does.

use std::collections::BTreeMap;

use super::extract::{Names, between, block, declarations, name, quoted, source, template, union};

/// Where the contract's types are declared.
const WIRE: [&str; 8] = [
    "policy/kinds",
    "policy/mod",
    "wire/describe",
    "wire/recovery",
    "wire/account",
    "wire/admin",
    "wire/session",
    "wire/problem",
];

/// Types that no operation of an object takes or gives: signing in is not the widget's.
const ELSEWHERE: [&str; 1] = ["SignIn"];

/// A declaration as TypeScript writes it: a line for each member, or the words.
type Types = BTreeMap<String, Names>;

/// The types of the contract by the text of the Rust that declares them, inside its macros `wire!` and `words!`.
fn declared_in_rust() -> Types {
    let mut types = Types::new();
    for file in WIRE {
        let text = source(&format!("crates/core/src/{file}.rs"));
        for kind in ["\n    pub struct ", "\n    pub enum "] {
            for item in text.split(kind).skip(1) {
                let (name, rest) = item.split_once(" {\n").unwrap();
                let body = rest.split_once("\n    }").unwrap().0;
                let members = if kind.contains("struct") { fields(body) } else { quoted(&uncommented(body)) };
                assert!(types.insert(name.to_owned(), members).is_none(), "{name} is declared twice");
            }
        }
    }
    types
}

fn uncommented(body: &str) -> String {
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// A struct's members. What serde fills in may be missing on the wire.
fn fields(body: &str) -> Names {
    let mut fields = Names::new();
    let (mut optional, mut renamed) = (false, None);
    for line in body.lines().map(str::trim) {
        if line.starts_with("#[") {
            optional |= line.contains("serde(default");
            renamed = line.split_once("rename = \"").map(|(_, rest)| rest.split('"').next().unwrap());
        } else if let Some((name, of)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
            // serde would write `null`, which the types here do not know.
            assert!(optional || !of.starts_with("Option<"), "{line} has no default");
            let (name, mark) = (renamed.take().unwrap_or(name), if optional { "?" } else { "" });
            fields.insert(format!("{name}{mark}: {};", typed(of.trim_end_matches(','))));
            optional = false;
        }
    }
    fields
}

/// A Rust type in TypeScript.
fn typed(of: &str) -> String {
    let inside = |outer: &str| of.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return typed(inner);
    }
    if let Some(inner) = inside("Vec<") {
        return format!("{}[]", typed(inner));
    }
    match of.rsplit("::").next().unwrap_or(of) {
        "String" | "Secret" => "string".to_owned(),
        "u8" | "u16" | "u32" => "number".to_owned(),
        "bool" => "boolean".to_owned(),
        other => other.to_owned(),
    }
}

#[test]
fn every_message_has_the_members_and_words_of_the_contract() {
    let typings = template("backend.d.ts");
    let mut declared = declared_in_rust();
    for elsewhere in ELSEWHERE {
        assert!(declared.remove(elsewhere).is_some(), "there is no {elsewhere}");
    }
    assert!(declared.len() > 40, "only {} types were found", declared.len());
    for (name, members) in declared {
        let interface = format!("export interface {name} {{");
        let said = if typings.contains(&interface) {
            declarations(block(&typings, &interface)).into_iter().map(str::to_owned).collect()
        } else {
            union(&typings, &name)
        };
        assert_eq!(said, members, "{name}");
    }
}

#[test]
fn there_is_an_operation_for_every_request_of_the_widget() {
    let (host, typings) = (source("src/element/sspr-host.js"), template("backend.d.ts"));
    let table = between(&host, "const OPERATIONS = {", "};");
    let mut operations = Vec::new();
    for group in ["Recovery", "Account", "Range"] {
        let head = format!("export interface {group}Operations {{");
        operations.extend(declarations(block(&typings, &head)));
    }
    let requests: Vec<(&str, &str)> = table
        .lines()
        .filter_map(|line| line.trim().trim_end_matches(',').split_once(": "))
        .map(|(request, operation)| (request.trim_matches('"'), operation.trim_matches('"')))
        .collect();
    let called: Names = requests.iter().map(|(_, operation)| (*operation).to_owned()).collect();
    assert_eq!(operations.iter().map(|line| name(line)).collect::<Names>(), called);
    for (request, operation) in requests {
        let line = operations.iter().find(|line| name(line) == operation).unwrap();
        let bodiless = request.starts_with("GET ") || request.starts_with("DELETE ");
        assert_eq!(line.contains("(body: undefined,"), bodiless, "{operation}");
        assert_eq!(line.contains("call: IdCall)"), request.contains('*'), "{operation}");
    }
}

#[test]
fn calls_that_carry_the_flow_s_token_say_so() {
    let (calls, typings) = (source("src/backend/recovery.rs"), template("backend.d.ts"));
    // In Rust such a call's first member is the token.
    let variants = block(&calls, "pub enum RecoveryCall {");
    let with_token = variants.matches("(Secret").count();
    let group = block(&typings, "export interface RecoveryOperations {");
    assert!(with_token > 0);
    assert_eq!(group.matches("call: FlowCall)").count(), with_token);
}

#[test]
fn a_call_s_context_has_what_the_host_gives() {
    let (host, typings) = (source("src/element/sspr-host.js"), template("backend.d.ts"));
    let given = between(&host, "const context = {", "};");
    let given: Names = given
        .lines()
        .map(|line| line.trim().split([':', ',']).next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let said: Names =
        declarations(block(&typings, "export interface Call {")).into_iter().map(name).collect();
    assert_eq!(said, given);
}
