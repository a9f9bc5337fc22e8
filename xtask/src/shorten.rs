//! Short names between a module and its glue. wasm-bindgen gives each import a name with a digest in it, which stands in
//! both files and which no compression takes away: three kilobytes of the reset form.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::process;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};

/// What our modules use, all of it in browsers since 2022. A module no longer says so itself, and of more, wasm-opt would
/// make use.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What wasm-opt renamed.
struct Names {
    /// The name that stands for all modules that are imported from.
    module: String,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

/// Shortens the names in `<folder>/<name>_bg.wasm` and in its glue `<folder>/<name>.js`, as wasm-bindgen wrote it.
pub(crate) fn shorten(tools: &Tools, folder: &Path, name: &str) -> Outcome {
    let (module, glue) = (folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.js")));
    let mut optimizer = tools.command("wasm-opt")?;
    optimizer.args(FEATURES);
    optimizer.args(["--minify-imports-and-exports-and-modules", "-o"]).arg(&module).arg(&module);
    let said = process::output(&mut optimizer)
        .ok_or_else(|| Trouble::new(format!("wasm-opt cannot shorten the names of {}", module.display())))?;
    let text = fs::read_to_string(&glue).doing(|| format!("read {}", glue.display()))?;
    let shortened = names(&said).and_then(|names| names.put_into(&text));
    let shortened = shortened.ok_or_else(|| {
        Trouble::new(format!("{} is not as wasm-bindgen used to write it", glue.display()))
            .advice("look at xtask/src/shorten.rs, which knows its form")
    })?;
    fs::write(&glue, shortened).doing(|| format!("write {}", glue.display()))
}

/// wasm-opt prints an object: `imports` are lists of module, name and new name, `exports` of name and new name.
fn names(said: &str) -> Option<Names> {
    let said: Value = serde_json::from_str(said.get(said.find('{')?..)?).ok()?;
    let rows = |kind: &str| said[kind].as_array().cloned().unwrap_or_default();
    let text = |row: &Value, at: usize| Some(row[at].as_str()?.to_owned());
    Some(Names {
        // Of several modules all get the same name, the first free one.
        module: "a".to_owned(),
        imports: rows("imports")
            .iter()
            .map(|row| Some((text(row, 1)?, text(row, 2)?)))
            .collect::<Option<_>>()?,
        exports: rows("exports")
            .iter()
            .map(|row| Some((text(row, 0)?, text(row, 1)?)))
            .collect::<Option<_>>()?,
    })
}

impl Names {
    /// The glue with the new names; `None` where one of them has no place in it.
    fn put_into(&self, glue: &str) -> Option<String> {
        let (mut text, mut rest) = (String::with_capacity(glue.len()), glue);
        let mut seen = 0;
        while let Some(begin) = rest.find(is_name) {
            let length = rest[begin..].find(|c| !is_name(c)).unwrap_or(rest.len() - begin);
            let (before, from) = rest.split_at(begin);
            let (word, after) = from.split_at(length);
            text.push_str(before);
            let export = text.ends_with("wasm.").then(|| self.exports.get(word)).flatten();
            let import = after.starts_with([':', '(']).then(|| self.imports.get(word)).flatten();
            seen += usize::from(import.is_some());
            text.push_str(export.or(import).map_or(word, String::as_str));
            rest = after;
        }
        text.push_str(rest);
        let (line, _) = glue.split_once(": import0")?;
        let module =
            line.rsplit_once('"').and_then(|(line, _)| line.rsplit_once('"')).map(|(_, module)| module)?;
        (seen == self.imports.len()).then(|| {
            text.replace(&format!("\"{module}\": import0"), &format!("\"{}\": import0", self.module))
        })
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::names;

    const SAID: &str =
        r#"{"imports": [["./m_bg.js", "__wbg_now_1f2", "b"]], "exports": [["memory", "c"], ["mount", "d"]]}"#;
    const GLUE: &str = "const import0 = {\n __wbg_now_1f2: function() { return mount.memory; },\n};
        return { \"./m_bg.js\": import0 };\n wasm.mount(wasm.memory.buffer);";

    #[test]
    fn only_what_goes_between_the_two_is_renamed() {
        let shortened = names(SAID).and_then(|names| names.put_into(GLUE)).expect("glue");
        assert!(shortened.contains("{\n b: function() { return mount.memory; }"), "{shortened}");
        assert!(
            shortened.contains("\"a\": import0") && shortened.ends_with("wasm.d(wasm.c.buffer);"),
            "{shortened}"
        );
    }

    #[test]
    fn glue_without_an_import_is_refused() {
        assert!(
            names(SAID).and_then(|names| names.put_into(&GLUE.replace("__wbg_now_1f2", "other"))).is_none()
        );
        assert!(names("no object").is_none());
    }
}
