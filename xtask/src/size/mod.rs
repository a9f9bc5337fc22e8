//! `cargo xtask size`: what a page with `<sspr-reset>` loads, counted from what a real browser asked for.
//!
//! A page with nothing but the element is served on loopback together with `dist/embed`, at the pace of a slow phone, in
//! front of the reference server. Each answered request is counted in the phase in which its answer ended; its size is
//! the body's under Brotli 11. The page itself and the probe that reports the phases are not counted.

mod count;
mod front;
mod person;
mod plain;

use serde_json::json;

use crate::package;
use crate::paths;
use crate::reference::Reference;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome};

use count::{Loaded, Phase};
pub(crate) use count::{brotli, compressed};
use front::Front;
pub(crate) use front::POLICY;
use person::Person;
use plain::Plain;

/// The most that each figure may be, in bytes. `None` is only reported.
const BUDGETS: [(&str, Option<usize>); 5] = [
    ("first_field", Some(5_000)),
    ("live_form", Some(110_000)),
    ("strength_en", Some(80_000)),
    ("locale_max", None),
    ("admin_panel", Some(ADMIN_BUDGET)),
];

/// The most that the administrator's panel may weigh beyond what the other elements share, in bytes.
const ADMIN_BUDGET: usize = 120_000;

/// What only an administrator's page loads, its texts in English.
const ADMIN: [&str; 4] = ["sspr-administration.js", "sspr-admin.js", "sspr-admin_bg.wasm", "admin.css"];

/// The most that the live form may be beyond a plain Yew page with one form and one POST, in bytes.
const BEYOND_PLAIN: usize = 64_000;

/// Measures and prints a table or one JSON object, on request beside a plain Yew page. Returns whether everything is
/// within its budget.
pub(crate) fn size(as_json: bool, beside_plain: bool) -> Outcome<bool> {
    let browser = Tools::browser()?;
    package::package_if_stale()?;
    Reference::build()?;
    let plain = if beside_plain { Some(Plain::weigh()?) } else { None };

    let front = Front::bind()?;
    let origin = front.origin().to_owned();
    // A world of its own each time: the limits on mails and attempts would stop the third measurement of an hour.
    let folder = paths::target().join("size");
    std::fs::remove_dir_all(&folder).ok();
    let reference = Reference::start(&folder, &origin, &format!("{origin}/"), &[("policy", "gates", 1)])?;
    let front = front.serve(&reference.server_url)?;
    let mut person = Person::start(&browser)?;
    person.opens_the_page(&front, &origin)?;
    person.types_a_password(&front, &reference.mailbox_url)?;
    drop(person);

    let loaded = front.loaded();
    let figures = figures(&loaded)?;
    if as_json {
        let mut object: serde_json::Map<_, _> =
            figures.iter().map(|(name, bytes)| ((*name).to_owned(), json!(bytes))).collect();
        if let Some(plain) = &plain {
            object.insert("plain_yew".to_owned(), json!(plain.total()));
            object.insert("beyond".to_owned(), json!(beyond(&figures, plain)));
        }
        println!("{}", serde_json::Value::Object(object));
    } else {
        print_table(&loaded, &figures);
    }
    let mut within = true;
    for ((name, bytes), (_, budget)) in figures.iter().zip(BUDGETS) {
        if let Some(budget) = budget.filter(|budget| bytes > budget) {
            eprintln!("{name} is {bytes} bytes, {} over its budget of {budget}.", bytes - budget);
            within = false;
        }
    }
    if let Some(plain) = plain {
        let beyond = beyond(&figures, &plain);
        if !as_json {
            print_beside(&plain, beyond);
        }
        within &= beyond <= BEYOND_PLAIN;
    }
    Ok(within)
}

/// The figures in the order of [`BUDGETS`].
fn figures(loaded: &[Loaded]) -> Outcome<[(&'static str, usize); 5]> {
    let until = |phase: Phase| loaded.iter().filter(|file| file.phase <= phase).map(|file| file.brotli).sum();
    let strength = loaded.iter().filter(|file| file.phase == Phase::Strength).map(|file| file.brotli).sum();
    let mut locale_max = 0;
    for file in package::files_below(&package::embed().join("locales")) {
        let bytes = std::fs::read(&file).doing(|| format!("read {}", file.display()))?;
        locale_max = locale_max.max(count::brotli(&bytes)?);
    }
    let mut admin_panel = 0;
    for name in ADMIN {
        let file = package::embed().join(name);
        admin_panel += count::brotli(&std::fs::read(&file).doing(|| format!("read {}", file.display()))?)?;
    }
    Ok([
        ("first_field", until(Phase::FirstField)),
        ("live_form", until(Phase::LiveForm)),
        ("strength_en", strength),
        ("locale_max", locale_max),
        ("admin_panel", admin_panel),
    ])
}

/// The bytes of our live form beyond those of the plain page.
fn beyond(figures: &[(&str, usize)], plain: &Plain) -> usize {
    let live_form = figures.iter().find(|(name, _)| *name == "live_form").map_or(0, |(_, bytes)| *bytes);
    live_form.saturating_sub(plain.total())
}

fn print_beside(plain: &Plain, beyond: usize) {
    let Plain { module, glue, glue_of_trunk } = plain;
    println!(
        "\n{:<12} {:>9} until a plain Yew page is live: {module} module, {glue} glue ({glue_of_trunk} as Trunk leaves it)",
        "plain_yew",
        plain.total()
    );
    println!("{:<12} {beyond:>9} of at most {BEYOND_PLAIN}: live_form beyond plain_yew", "beyond");
}

fn print_table(loaded: &[Loaded], figures: &[(&str, usize)]) {
    println!("{:<12} {:>9} {:>9}  asked for", "phase", "bytes", "brotli");
    for file in loaded.iter().filter(|file| file.phase != Phase::Between) {
        println!("{:<12} {:>9} {:>9}  {}", file.phase.name(), file.bytes, file.brotli, file.path);
    }
    println!();
    for ((name, bytes), (_, budget)) in figures.iter().zip(BUDGETS) {
        match budget {
            Some(budget) => println!("{name:<12} {bytes:>9} of at most {budget}"),
            None => println!("{name:<12} {bytes:>9}"),
        }
    }
}
