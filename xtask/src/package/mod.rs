//! `cargo xtask package`: what a website serves. `dist/` is the demonstration page; `dist/embed/` is what other pages load,
//! and `dist/npm/` the same as an npm package.

mod npm;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha384};

use crate::paths;
use crate::process::Run;
use crate::progress::Step;
use crate::shorten::shorten;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};

pub(crate) use npm::check::check as check_npm;

/// Everything that the package is made from.
const SOURCES: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html", "src", "crates", "styles", "locales"];

/// What is compiled.
const MODULES: [&str; 4] = ["sspr-reset", "sspr-account", "sspr-admin", "sspr-estimator"];

/// The digests of the embedded files, written last; its age is the package's.
const INTEGRITY: &str = "integrity.json";

/// The folder that other pages load from.
pub(crate) fn embed() -> PathBuf {
    paths::dist().join("embed")
}

/// Builds the package.
pub(crate) fn package() -> Outcome {
    let tools = Tools::for_packaging()?;
    Run {
        what: "build the page and the embedded files",
        awaits: "Trunk and cargo, which optimise for size",
        advice: "correct what the compiler says above",
    }
    .quietly(tools.trunk()?.args(["build", "--release"]))?;

    name_words_by_content()?;
    for module in MODULES {
        shorten(&tools, &embed(), module)?;
    }
    let files = files_below(&embed());
    for file in &files {
        match file.extension().and_then(OsStr::to_str) {
            Some("js" | "css") => minify(&tools, file)?,
            Some("json") => compact(file)?,
            _ => {}
        }
    }
    let step = Step::begin("write dist/embed/integrity.json", "the digests");
    write_integrity(&files)?;
    step.done();
    npm::lay_out()
}

/// Builds the package when a source is newer, or when Trunk has put a development build in its place. The npm package
/// is laid out anew in any case, so that an edit of its own files builds nothing else.
pub(crate) fn package_if_stale() -> Outcome {
    let made = modified(&embed().join(INTEGRITY));
    let newest = SOURCES
        .iter()
        .flat_map(|name| {
            let path = paths::root().join(name);
            if path.is_dir() { files_below(&path) } else { vec![path] }
        })
        .filter(|file| !file.starts_with(npm::templates()))
        .filter_map(|file| modified(&file))
        .max();
    if made.is_some() && made >= newest { npm::lay_out() } else { package() }
}

/// Gives each file of words a name with its digest in it, here and in the module that fetches it: what a browser has
/// under such a name it may keep for ever.
fn name_words_by_content() -> Outcome {
    let module = embed().join("sspr-strength.js");
    let mut text = fs::read_to_string(&module).doing(|| format!("read {}", module.display()))?;
    for file in files_below(&embed().join("words")) {
        if file.extension() != Some(OsStr::new("words")) {
            continue;
        }
        let bytes = fs::read(&file).doing(|| format!("read {}", file.display()))?;
        // 16 digits after a hyphen: what the server knows as a name with a digest (serve/static_files.rs).
        let digest = Sha384::digest(&bytes)[..8].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let (plain, named) = (format!("words/{stem}.words"), format!("words/{stem}-{digest:016x}.words"));
        if !text.contains(&plain) {
            return Err(Trouble::new(format!("{} does not name {plain}", module.display())));
        }
        text = text.replace(&plain, &named);
        fs::rename(&file, embed().join(&named)).doing(|| format!("rename {}", file.display()))?;
    }
    fs::write(&module, text).doing(|| format!("write {}", module.display()))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

/// Trunk does not minify the glue, and copies the entry and the styles as they are.
fn minify(tools: &Tools, file: &Path) -> Outcome {
    // The entry contains what it imports: one request less until the first field.
    let is_entry = file.file_name() == Some(OsStr::new("sspr-widget.js"));
    minify_into(tools, file, file, if is_entry { &["--bundle", "--format=esm"] } else { &[] })
}

/// What every file that is shipped or weighed goes through.
pub(crate) fn minify_into(tools: &Tools, file: &Path, output: &Path, options: &[&str]) -> Outcome {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Run { what: &format!("minify {name}"), awaits: "esbuild", advice: "correct what esbuild says above" }
        .quietly(
            tools
                .command("esbuild")?
                .arg(file)
                .args([
                    "--minify",
                    "--target=es2022",
                    "--charset=utf8",
                    "--legal-comments=none",
                    "--allow-overwrite",
                    "--log-level=warning",
                ])
                .arg(format!("--outfile={}", output.display()))
                .args(options),
        )
}

/// Takes the white space out of a catalog.
fn compact(file: &Path) -> Outcome {
    let text = fs::read_to_string(file).doing(|| format!("read {}", file.display()))?;
    let value: Value = serde_json::from_str(&text).doing(|| format!("read {} as JSON", file.display()))?;
    fs::write(file, value.to_string()).doing(|| format!("write {}", file.display()))
}

/// The value of an `integrity` attribute (W3C Subresource Integrity).
fn integrity_of(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// For each file its value of an `integrity` attribute.
fn write_integrity(files: &[PathBuf]) -> Outcome {
    let mut digests = Map::new();
    for file in files {
        let bytes = fs::read(file).doing(|| format!("read {}", file.display()))?;
        let name = file.strip_prefix(embed()).unwrap_or(file).to_string_lossy().replace('\\', "/");
        digests.insert(name, integrity_of(&bytes).into());
    }
    let file = embed().join(INTEGRITY);
    let text = format!("{:#}\n", Value::Object(digests));
    fs::write(&file, text).doing(|| format!("write {}", file.display()))
}

/// All files below a folder, sorted; none when it does not exist.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
