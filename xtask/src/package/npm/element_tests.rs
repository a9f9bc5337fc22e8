//! The manifest and the typings say of the elements what their sources do.

use serde_json::Value;

use super::extract::{
    Names, after, between, block, declarations, name, quoted, rust_below, source, template, union,
};
use super::with_inherited;
use sspr_core::wire::{Intent, MethodKind, ProblemCode};

const CLASS: &str = "src/element/sspr-define.js";

/// What the browser and the programs call; pages have no use for it.
const INTERNAL: [&str; 6] = [
    "constructor",
    "connectedCallback",
    "disconnectedCallback",
    "attributeChangedCallback",
    "crashed",
    "takeLink",
];

fn manifest() -> Value {
    serde_json::from_str(&with_inherited(&template("custom-elements.json")).unwrap()).unwrap()
}

/// The classes as the manifest declares them, without the functions.
fn classes(manifest: &Value) -> impl Iterator<Item = &Value> {
    let declarations = manifest["modules"][0]["declarations"].as_array().unwrap();
    declarations.iter().filter(|declaration| declaration["kind"] == "class")
}

/// The names of one kind of member over all elements.
fn listed(member: &str) -> Names {
    let manifest = manifest();
    let items = classes(&manifest).flat_map(|class| class[member].as_array().into_iter().flatten());
    items.map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

fn class() -> String {
    let text = source(CLASS);
    block(&text, "export class SsprElement extends HTMLElement {").to_owned()
}

#[test]
fn the_manifest_lists_every_attribute_and_no_other() {
    let (text, styles) = (source(CLASS), source("styles/widget.css"));
    let mut attributes = quoted(between(&text, "observedAttributes = [", "]"));
    for asked in ["this.getAttribute(\"", "this.setAttribute(\"", "this.hasAttribute(\""] {
        attributes.extend(after(&text, asked, &['"']));
    }
    attributes.extend(after(&styles, ":host([", &[']', '=']));
    // HTML's own.
    attributes.remove("hidden");
    attributes.insert("lang".to_owned());
    assert_eq!(listed("attributes"), attributes);
}

#[test]
fn react_takes_every_attribute_and_property_that_a_page_sets() {
    let typings = template("react.d.ts");
    let mut taken = quoted(between(&typings, "type Given = Pick<", ">;"));
    taken.extend(
        declarations(block(&typings, "interface Settings extends Partial<Given> {")).into_iter().map(name),
    );
    let mut set: Names = listed("attributes").union(&listed("members")).cloned().collect();
    // React has the first; the others are not set.
    for other in ["lang", "view", "language", "retry"] {
        assert!(set.remove(other), "there is no {other}");
    }
    assert_eq!(taken, set);
}

#[test]
fn manifest_and_typings_list_every_property_and_method_and_no_other() {
    let (text, class) = (source(CLASS), class());
    let mut members = quoted(between(&text, "const PROPERTIES = [", "]"));
    let begun =
        declarations(&class).into_iter().filter(|line| line.contains('(') && line.ends_with(['{', '}']));
    members.extend(begun.map(name).filter(|name| !name.starts_with('#')));
    for internal in INTERNAL {
        assert!(members.remove(internal), "there is no {internal}");
    }
    assert_eq!(listed("members"), members);

    let typings = template("define.d.ts");
    let typed = block(&typings, "export class SsprElement extends HTMLElement {");
    assert_eq!(declarations(typed).into_iter().map(name).collect::<Names>(), members);
}

#[test]
fn what_has_no_setter_is_read_only_in_the_typings() {
    let class = class();
    let (got, set) = (after(&class, "\n  get ", &['(']), after(&class, "\n  set ", &['(']));
    let read_only: Names = got.difference(&set).cloned().collect();
    let typings = template("define.d.ts");
    let typed = block(&typings, "export class SsprElement extends HTMLElement {");
    assert_eq!(after(typed, "\n  readonly ", &[':']), read_only);
}

#[test]
fn manifest_and_typings_list_every_event_and_no_other() {
    let mut events = after(&source("src/element/event.rs"), "=> \"", &['"']);
    events.extend(after(&source(CLASS), "new CustomEvent(\"", &['"']));
    assert_eq!(listed("events"), events);
    let typings = template("define.d.ts");
    let map = block(&typings, "export interface SsprEventMap {");
    assert_eq!(declarations(map).into_iter().map(name).collect::<Names>(), events);
}

#[test]
fn manifest_and_typings_say_what_each_event_tells() {
    let details = after(&source("src/element/event.rs"), "set(\"", &['"']);
    let typings = template("define.d.ts");
    assert_eq!(after(block(&typings, "export interface SsprEventMap {"), "readonly ", &[':']), details);
    for class in classes(&manifest()) {
        for event in class["events"].as_array().into_iter().flatten() {
            let (name, of) = (event["name"].as_str().unwrap(), event["type"]["text"].as_str().unwrap());
            let line = typings.lines().find(|line| line.contains(&format!("\"{name}\":"))).unwrap();
            for detail in &details {
                let tells = |text: &str| text.contains(&format!(" {detail}: "));
                assert_eq!(tells(of), tells(line), "{name}: {detail}");
            }
        }
    }
}

#[test]
fn the_typings_know_every_step() {
    let mut steps: Names = MethodKind::ALL.iter().map(|kind| kind.word().to_owned()).collect();
    for flow in ["reset", "enroll", "change"] {
        let text = source(&format!("src/flow/{flow}/mod.rs"));
        steps.extend(quoted(between(&text, "pub fn step_name(&self)", "\n    }")));
    }
    assert_eq!(union(&template("define.d.ts"), "SsprStep"), steps);
}

#[test]
fn the_typings_know_every_outcome_and_every_error() {
    let typings = template("define.d.ts");
    let calls = source("src/flow/calls.rs");
    let mut outcomes: Names = Intent::ALL.iter().map(|intent| intent.word().to_owned()).collect();
    outcomes.extend(quoted(between(&calls, "pub fn word(self)", "\n    }")));
    assert_eq!(union(&typings, "SsprOutcome"), outcomes);

    let failure = source("src/backend/failure.rs");
    let mut errors = quoted(between(&failure, "pub fn word(&self)", "\n    }"));
    errors.extend(after(&source(CLASS), "this.#fail(\"", &['"']));
    assert_eq!(union(&typings, "SsprErrorCode"), errors);
    let codes: Names = ProblemCode::ALL.iter().map(|code| code.word().to_owned()).collect();
    assert_eq!(union(&template("backend.d.ts"), "ProblemCode"), codes);
}

#[test]
fn the_manifest_lists_every_custom_property_with_its_default() {
    let styles = source("styles/widget.css");
    let used = after(&styles, "var(--sspr-", &[',', ')']);
    assert_eq!(listed("cssProperties"), used.iter().map(|name| format!("--sspr-{name}")).collect());
    for property in classes(&manifest()).flat_map(|class| class["cssProperties"].as_array().unwrap()) {
        let (name, default) = (property["name"].as_str().unwrap(), property["default"].as_str().unwrap());
        assert!(styles.contains(&format!("var({name}, {default})")), "{name} is not {default} by default");
    }
}

#[test]
fn the_manifest_lists_every_part_and_no_other() {
    let rust = rust_below("src");
    let mut marked = after(&rust, "part=\"", &['"']);
    marked.extend(after(&source(CLASS), "part: \"", &['"']));
    for chosen in after(&rust, "part={", &['\n']) {
        marked.extend(quoted(between(&chosen, " { ", "}}")));
    }
    let parts: Names = marked.iter().flat_map(|parts| parts.split_whitespace()).map(str::to_owned).collect();
    assert_eq!(listed("cssParts"), parts);
    let styles = source("styles/widget.css");
    let said: Names =
        between(&styles, "::part(", ")").split(['|', '*']).map(|part| part.trim().to_owned()).collect();
    assert_eq!(said.into_iter().filter(|part| !part.is_empty()).collect::<Names>(), parts);
}

#[test]
fn the_manifest_lists_every_slot_and_no_other() {
    let mut slots = after(&rust_below("src"), "<slot name=\"", &['"']);
    slots.extend(after(&source(CLASS), "make(\"slot\", { name: \"", &['"']));
    assert!(source(CLASS).contains("make(\"slot\", {})"));
    slots.insert(String::new());
    assert_eq!(listed("slots"), slots);
}

#[test]
fn the_typings_export_what_the_module_exports() {
    let (text, typings) = (source(CLASS), template("define.d.ts"));
    let exported = |text: &str| -> Names {
        let functions = after(text, "export function ", &['(']);
        after(text, "export class ", &[' ']).union(&functions).cloned().collect()
    };
    assert_eq!(exported(&typings), exported(&text));
    let manifest = manifest();
    let said = manifest["modules"][0]["exports"].as_array().unwrap();
    let said: Names = said.iter().map(|export| export["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(said, exported(&text));
    // The entry exports nothing, so its typings may not either.
    assert!(!source("src/element/sspr-widget.js").contains("export"));
    let entry = template("index.d.ts");
    assert_eq!(entry.matches("export ").count(), entry.matches("export type ").count());
}

#[test]
fn manifest_and_typings_name_every_element() {
    let tags: Names =
        after(&source(CLASS), "static form = \"", &['"']).iter().map(|it| format!("sspr-{it}")).collect();
    let manifest = manifest();
    let said: Names =
        classes(&manifest).filter_map(|class| class["tagName"].as_str()).map(str::to_owned).collect();
    assert_eq!(said, tags);
    assert_eq!(quoted(block(&template("index.d.ts"), "interface HTMLElementTagNameMap {")), tags);
    // The administrator's panel is a module of its own, with typings of its own.
    let admin = quoted(block(&template("admin.d.ts"), "interface HTMLElementTagNameMap {"));
    assert_eq!(admin, Names::from(["sspr-admin".to_owned()]));
    let in_react: Names = tags.union(&admin).cloned().collect();
    assert_eq!(quoted(block(&template("react.d.ts"), "interface IntrinsicElements {")), in_react);
}

#[test]
fn every_element_has_what_the_common_class_has() {
    let manifest = manifest();
    let elements: Vec<&Value> = classes(&manifest).filter(|class| class["tagName"].is_string()).collect();
    assert_eq!(elements.len(), 3);
    for element in elements {
        for (member, name) in [("attributes", "backend"), ("members", "messages"), ("slots", "footer")] {
            let items = element[member].as_array().unwrap();
            let item = items.iter().find(|item| item["name"] == name).unwrap();
            assert_eq!(item["inheritedFrom"]["name"], "SsprElement");
        }
    }
}

#[test]
fn the_licence_is_the_workspace_s() {
    let package: Value = serde_json::from_str(&template("package.json")).unwrap();
    assert_eq!(package["license"], env!("CARGO_PKG_LICENSE"));
}
