//! `cargo xtask serve`: the whole system on this machine, behind one URL.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::paths;
use crate::process::{self, Run, Running};
use crate::progress::elapsed;
use crate::reference::{self, Reference};
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome};
use crate::try_out::PATIENCE;

/// Starts everything and waits for Ctrl-C.
pub(crate) fn serve(port: u16) -> Outcome {
    let began = Instant::now();
    process::require_free(port, "--port")?;
    let tools = Tools::for_serving()?;
    Reference::build()?;

    let folder = paths::target().join("serve");
    let origin = format!("http://127.0.0.1:{port}");
    let page = format!("{origin}/?server");
    let mut reference = Reference::start(&folder, &origin, &page, &[])?;

    let configuration = folder.join("Trunk.toml");
    let text = trunk_configuration(&folder, port, &reference)?;
    fs::write(&configuration, text).doing(|| format!("write {}", configuration.display()))?;
    let trunk = |what: &str| -> Outcome<Command> {
        let mut trunk = tools.trunk()?;
        trunk.arg("--config").arg(&configuration).arg(what);
        Ok(trunk)
    };
    // Built once before: Trunk would serve a page that does not compile, too.
    Run {
        what: "build the page",
        awaits: "Trunk and cargo; the first time they compile some 200 crates",
        advice: "correct what the compiler says above",
    }
    .quietly(&mut trunk("build")?)?;
    // Its own list of addresses names this machine in ways that the page's policy and links do not expect.
    let mut command = trunk("serve")?;
    let mut trunk =
        Running::start_openly("Trunk", command.env("RUST_LOG", "error,trunk=info,trunk::serve=warn"))?;
    trunk.wait_until(PATIENCE, || reference::answers(&format!("{origin}/")))?;

    println!("\nReady after {}: {page}\nCtrl-C stops it.\n", elapsed(began.elapsed()));
    while !process::interrupted() {
        reference.check()?;
        trunk.check()?;
        thread::sleep(Duration::from_millis(100));
    }
    eprintln!("\nStopping.");
    Ok(())
}

/// The repository's Trunk.toml with this start's addresses. Trunk takes more than one proxy from a file only.
fn trunk_configuration(folder: &Path, port: u16, reference: &Reference) -> Outcome<String> {
    let root = paths::root();
    let file = root.join("Trunk.toml");
    let text = fs::read_to_string(&file).doing(|| format!("read {}", file.display()))?;
    let mut table: toml::Table = text.parse().doing(|| format!("read {}", file.display()))?;
    set(&mut table, "build", "target", path(&root.join("index.html")));
    set(&mut table, "build", "dist", path(&folder.join("dist")));
    set(&mut table, "serve", "port", i64::from(port).into());
    let watched = ["index.html", "src", "crates", "styles", "locales"].map(|name| path(&root.join(name)));
    set(&mut table, "watch", "watch", watched.to_vec().into());
    let proxies = [("/sspr/", &reference.server_url), ("/mailbox/", &reference.mailbox_url)];
    let proxies = proxies.map(|(prefix, url)| {
        let entries = [("rewrite", prefix.to_owned()), ("backend", format!("{url}{prefix}"))];
        toml::Value::Table(entries.map(|(key, value)| (key.to_owned(), value.into())).into_iter().collect())
    });
    table.insert("proxy".to_owned(), proxies.to_vec().into());
    Ok(format!("# Written by cargo xtask serve at each start.\n{table}"))
}

fn path(path: &Path) -> toml::Value {
    path.to_string_lossy().into_owned().into()
}

fn set(table: &mut toml::Table, section: &str, key: &str, value: toml::Value) {
    let section = table.entry(section).or_insert_with(|| toml::Table::new().into());
    if let Some(section) = section.as_table_mut() {
        section.insert(key.to_owned(), value);
    }
}
