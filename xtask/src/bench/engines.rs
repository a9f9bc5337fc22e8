//! The engines as a page would load them: our module built as it is shipped, zxcvbn as it is published, and zxcvbn-ts
//! bundled and minified as its documentation asks.

use std::fs;
use std::path::{Path, PathBuf};

use crate::paths;
use crate::process::Run;
use crate::shorten::shorten;
use crate::size::brotli;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome};
use crate::words::packages::{LEVENSHTEIN, Package, TS_COMMON, TS_COMPRESSION, TS_CORE, TS_EN, ZXCVBN};

/// The crate of our module and the name of its files.
const CRATE: &str = "sspr-estimator";

/// All of zxcvbn-ts that its documentation calls for.
const TS_ENTRY: &str = r#"
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
globalThis.createZxcvbnTs = () => new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
});
"#;

/// The folder that holds everything the page loads.
pub(super) struct Engines {
    pub(super) folder: PathBuf,
    /// Our program, glue and module, under Brotli 11.
    pub(super) code: usize,
}

/// Builds what is missing and puts it into one folder.
pub(super) fn prepare() -> Outcome<Engines> {
    let tools = Tools::for_one_module()?;
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder).doing(|| format!("create {}", folder.display()))?;
    ours(&tools, &folder)?;
    copy(&ZXCVBN.folder()?.join("dist/zxcvbn.js"), &folder.join("zxcvbn.js"))?;
    zxcvbn_ts(&tools, &folder)?;
    let words = folder.join("words");
    fs::create_dir_all(&words).doing(|| format!("create {}", words.display()))?;
    for name in ["small.words", "full.words", "de.words"] {
        copy(&crate::words::folder().join(name), &words.join(name))?;
    }
    let mut code = 0;
    for name in [format!("{CRATE}.js"), format!("{CRATE}_bg.wasm"), "sspr-strength.js".to_owned()] {
        code += brotli_of(&folder.join(name))?;
    }
    Ok(Engines { folder, code })
}

/// The size of a file under Brotli 11.
pub(super) fn brotli_of(file: &Path) -> Outcome<usize> {
    brotli(&fs::read(file).doing(|| format!("read {}", file.display()))?)
}

/// As Trunk and `cargo xtask package` do it (index.html), without the other modules.
fn ours(tools: &Tools, folder: &Path) -> Outcome {
    Run {
        what: "build the estimator's module",
        awaits: "cargo",
        advice: "correct what the compiler says above",
    }
    .quietly(tools.command("cargo")?.args([
        "build",
        "--release",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        CRATE,
    ]))?;
    let built = paths::target()
        .join("wasm32-unknown-unknown/release")
        .join(format!("{}.wasm", CRATE.replace('-', "_")));
    Run { what: "make the estimator's glue", awaits: "wasm-bindgen", advice: "look at what it says above" }
        .quietly(
        tools
            .command("wasm-bindgen")?
            .args(["--target", "web", "--no-typescript", "--out-name", CRATE, "--out-dir"])
            .arg(folder)
            .arg(&built),
    )?;
    let module = folder.join(format!("{CRATE}_bg.wasm"));
    Run { what: "optimise the estimator's module", awaits: "wasm-opt", advice: "look at what it says above" }
        .quietly(
            tools
                .command("wasm-opt")?
                .args(["-Oz", "--converge", "--strip-producers", "--strip-target-features", "-o"])
                .arg(&module)
                .arg(&module),
        )?;
    shorten(tools, folder, CRATE)?;
    let source = paths::root().join("crates/embed/strength/sspr-strength.js");
    for (from, name) in [
        (&folder.join(format!("{CRATE}.js")), format!("{CRATE}.js")),
        (&source, "sspr-strength.js".to_owned()),
    ] {
        let output = format!("--outfile={}", folder.join(name).display());
        Run {
            what: "minify the estimator's scripts",
            awaits: "esbuild",
            advice: "look at what it says above",
        }
        .quietly(tools.command("esbuild")?.arg(from).args([
            "--minify",
            "--target=es2022",
            "--allow-overwrite",
            "--log-level=warning",
            &output,
        ]))?;
    }
    Ok(())
}

fn zxcvbn_ts(tools: &Tools, folder: &Path) -> Outcome {
    let entry = folder.join("zxcvbn-ts-entry.js");
    fs::write(&entry, TS_ENTRY).doing(|| format!("write {}", entry.display()))?;
    let mut esbuild = tools.command("esbuild")?;
    esbuild.arg(&entry).args([
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2022",
        "--log-level=warning",
    ]);
    esbuild.arg(format!("--outfile={}", folder.join("zxcvbn-ts.js").display()));
    let alias = |package: &Package| -> Outcome<String> {
        Ok(format!("--alias:{}={}", package.name, package.folder()?.display()))
    };
    for package in [&TS_CORE, &TS_COMMON, &TS_EN, &LEVENSHTEIN] {
        esbuild.arg(alias(package)?);
    }
    // An alias for the whole package would go around its map of exports.
    let unpacked = TS_COMPRESSION.folder()?.join("dist/decompress.mjs");
    esbuild.arg(format!("--alias:{}/decompress={}", TS_COMPRESSION.name, unpacked.display()));
    Run { what: "bundle zxcvbn-ts", awaits: "esbuild", advice: "look at what it says above" }
        .quietly(&mut esbuild)
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(drop).doing(|| format!("copy {}", from.display()))
}
