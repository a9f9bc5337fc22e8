//! The guides in `docs/guides`: what stands there in blocks with a file's name is what runs here.

use crate::{
    authenticator::Authenticator,
    browser::{Browser, PATIENCE},
    people::{NEW_PASSWORD, TOTP_KEY, WELL_PREPARED, home},
    reset::{self, Reset},
    site::{Files, STRICT, Site},
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// One test, against the real server.
macro_rules! guides {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            go(concat!("guide_", stringify!($name)), Place::Server, Language::English, "", |world| Box::pin(walks::$name(world)));
        }
    )* };
}

guides! {
    plain_html
    events
    csp
    theming
    own_backend
    react
    vue
    angular
    server_page
}

#[test]
fn the_yew_guide_is_the_example_that_is_compiled() {
    let blocks = blocks("yew").expect("the guide");
    let example = fs::read_to_string(root().join("examples/yew/src/main.rs")).expect("the example");
    assert_eq!(blocks.get("main.rs").map(String::as_str), Some(example.as_str()));
}

#[test]
fn the_razor_page_writes_what_the_php_page_writes() {
    let blocks = blocks("server-page").expect("the guide");
    let plain = |name: &str, changes: &[(&str, &str)]| {
        let mut text = blocks[name].lines().skip(1).collect::<Vec<_>>().join("\n");
        for (from, to) in changes {
            assert!(text.contains(from), "{name} has no {from}");
            text = text.replace(from, to);
        }
        text
    };
    let php = [("<?= htmlspecialchars($lang) ?>", "LANG"), ("<?= htmlspecialchars($user) ?>", "USER")];
    assert_eq!(plain("index.php", &php), plain("Index.cshtml", &[("@lang", "LANG"), ("@user", "USER")]));
}

#[test]
fn every_guide_is_one_screen_around_its_code() {
    for entry in fs::read_dir(root().join("docs/guides")).expect("the guides") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a guide");
        let prose: usize = text.split("```").step_by(2).map(|prose| prose.trim().lines().count()).sum();
        assert!(prose <= 40, "{} has {prose} lines of text", path.display());
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks of a guide by the files that they are.
fn blocks(guide: &str) -> Result<Files> {
    let text = fs::read_to_string(root().join("docs/guides").join(guide).with_extension("md"))?;
    let named = text.split("```").skip(1).step_by(2).filter_map(|block| {
        let (info, code) = block.split_once('\n')?;
        Some((info.split_once("file=")?.1.trim().to_owned(), code.to_owned()))
    });
    let files: Files = named.collect();
    ensure!(!files.is_empty(), "{guide} has no files");
    Ok(files)
}

/// The guide's files on a site before the world's server, in a browser.
async fn open(world: &World, files: Files, policy: &str) -> Result<(Site, Browser)> {
    let server = world.page().trim_end_matches("/?server").to_owned();
    let site = Site::serving(files, policy, "/sspr/", &server).await?;
    let browser = world.browser_of_size(1000, 1400).await?;
    browser.open(&format!("{}/index.html", site.origin)).await?;
    Ok((site, browser))
}

/// Goes the whole way to a new password in the guide's page.
async fn recovers(world: &World, browser: &Browser) -> Result<()> {
    let (reset, mail) = (Reset::new(world, browser), world.mail(browser));
    reset.is_live().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::EMAIL).await?;
    reset.code(&mail.code(&home(WELL_PREPARED), 1).await?).await?;
    reset.step("choose-second").await?;
    reset.by_totp(&mut Authenticator::new(TOTP_KEY)?).await?;
    reset.set_password(NEW_PASSWORD).await?;
    reset.step("done").await
}

/// Waits until a field of the page has the identifier: the guide's code has heard that it is done.
async fn is_filled_in(browser: &Browser, field: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    let value = "return document.querySelector(arguments[0])?.value";
    while browser.run(value, vec![json!(field)]).await? != json!(WELL_PREPARED) {
        ensure!(Instant::now() < end, "{field} never had the identifier");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// A folder with the guide's files beside the packages that guides need.
fn workshop(name: &str, files: &Files) -> Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guides").join(name);
    fs::create_dir_all(&folder)?;
    let modules =
        PathBuf::from(std::env::var_os("SSPR_GUIDES").context("SSPR_GUIDES is set by cargo xtask test")?);
    if !folder.join("node_modules").exists() {
        std::os::unix::fs::symlink(modules, folder.join("node_modules"))?;
    }
    for (file, text) in files {
        fs::write(folder.join(file), text)?;
    }
    Ok(folder)
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// One module of a program and the packages that it imports.
fn bundle(folder: &Path, entry: &str, options: &[&str]) -> Result<String> {
    let esbuild = std::env::var_os("SSPR_ESBUILD").context("SSPR_ESBUILD is set by cargo xtask test")?;
    run(Command::new(esbuild)
        .args([
            entry,
            "--bundle",
            "--format=esm",
            "--define:process.env.NODE_ENV=\"production\"",
            "--log-level=error",
        ])
        .args(options)
        .current_dir(folder))
}

mod walks {
    use super::*;

    pub(super) async fn plain_html(world: &World) -> Result<()> {
        let (_site, browser) = open(world, blocks("plain-html")?, STRICT).await?;
        browser.click("", "summary").await?;
        recovers(world, &browser).await?;
        is_filled_in(&browser, "[name=username]").await
    }

    pub(super) async fn events(world: &World) -> Result<()> {
        let (_site, browser) = open(world, blocks("events")?, STRICT).await?;
        browser.find(reset::HOST, "#sspr-identifier").await?;
        browser.fill(reset::HOST, "[name=identifier]", WELL_PREPARED).await?;
        browser.click(reset::HOST, "button.main").await?;
        browser.find_text("", "#log li", "submit identify").await?;
        ensure!(browser.look("", "#log li", "step reason").await?.is_none(), "the first submit is held back");
        browser.click(reset::HOST, "button.main").await?;
        browser.find_text("", "#log li", "step reason").await?;
        browser.click(reset::HOST, ".quiet").await?;
        browser.find_text("", "#log li", "cancelled").await.map(drop)
    }

    pub(super) async fn csp(world: &World) -> Result<()> {
        let mut files = blocks("csp")?;
        let policy = files.remove("policy.txt").context("the policy")?;
        let (_site, browser) = open(world, files, policy.trim()).await?;
        recovers(world, &browser).await
    }

    pub(super) async fn theming(world: &World) -> Result<()> {
        let (_site, browser) = open(world, blocks("theming")?, STRICT).await?;
        browser.find(reset::HOST, "#sspr-identifier").await?;
        let script = "const root = document.querySelector('sspr-reset').shadowRoot;
            const of = (css) => getComputedStyle(root.querySelector(css));
            return [of('.main').backgroundColor, of('.main').borderRadius, of('h2').textTransform, of('h2').fontFamily]";
        let end = Instant::now() + PATIENCE;
        let wanted = json!(["rgb(122, 31, 162)", "2px", "uppercase", "Georgia, serif"]);
        loop {
            let seen: Value = browser.run(script, vec![]).await?;
            if seen == wanted {
                return Ok(());
            }
            ensure!(Instant::now() < end, "{seen}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(super) async fn own_backend(world: &World) -> Result<()> {
        let files = blocks("own-backend")?;
        let lines = files["page.js"].lines().count();
        ensure!(lines <= 40, "{lines} lines");
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("server.mjs"), &files["server.mjs"])?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut server = Command::new("node")
            .arg(folder.path().join("server.mjs"))
            .arg(port.to_string())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = server.stdout.take().context("an output")?;
        let (say, mut said) = tokio::sync::mpsc::unbounded_channel();
        std::thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| say.send(line))
        });
        let walked = async {
            ensure!(said.recv().await.as_deref() == Some("ready"), "it started");
            let site = Site::serving(files, STRICT, "/our/", &format!("http://127.0.0.1:{port}")).await?;
            let browser = world.browser_of_size(1000, 1400).await?;
            browser.open(&format!("{}/index.html", site.origin)).await?;
            browser.find(reset::HOST, "#sspr-identifier").await?;
            let nonsense = "const done = arguments[0]; fetch('/our/api/check', { method: 'POST', body: 'x' }).then((answer) => done(answer.status))";
            ensure!(browser.run_async(nonsense, vec![]).await? == 422, "nonsense is refused");
            browser.fill(reset::HOST, "[name=identifier]", "alex@example.org").await?;
            browser.click(reset::HOST, "button.main").await?;
            let code = said.recv().await.context("a code")?;
            browser.fill(reset::HOST, "[name=code]", "12").await?;
            browser.click(reset::HOST, "button.main").await?;
            browser.find_text(reset::HOST, ".error", "2 more tries").await?;
            browser.fill(reset::HOST, "[name=code]", code.trim_start_matches("code ")).await?;
            browser.click(reset::HOST, "button.main").await?;
            browser.fill(reset::HOST, "[name=new-password]", "Quiet-Lagoon-97-Otter").await?;
            browser.click(reset::HOST, "button.main").await?;
            browser.find("", "sspr-reset[view=done]").await?;
            let line = said.recv().await.context("a password")?;
            ensure!(line == "a new password for alex@example.org", "{line}");
            Ok(())
        };
        let outcome = walked.await;
        server.kill()?;
        server.wait()?;
        outcome
    }

    pub(super) async fn react(world: &World) -> Result<()> {
        let mut files = blocks("react")?;
        let folder = workshop("react", &files)?;
        files.insert("app.js".into(), bundle(&folder, "app.jsx", &["--jsx=automatic"])?);
        let (_site, browser) = open(world, files, STRICT).await?;
        recovers(world, &browser).await?;
        is_filled_in(&browser, "[aria-label='User name']").await
    }

    /// What a bundler's plugin does with a component of one file.
    const COMPILE: &str = "import { compileScript, parse } from 'vue/compiler-sfc';
import { readFileSync } from 'node:fs';
const { descriptor } = parse(readFileSync(process.argv[2], 'utf8'));
const compilerOptions = { isCustomElement: (tag) => tag.startsWith('sspr-') };
console.log(compileScript(descriptor, { id: 'guide', inlineTemplate: true, templateOptions: { compilerOptions } }).content);";

    pub(super) async fn vue(world: &World) -> Result<()> {
        let mut files = blocks("vue")?;
        let folder = workshop("vue", &files)?;
        fs::write(folder.join("compile.mjs"), COMPILE)?;
        let compiled = run(Command::new("node").args(["compile.mjs", "SignIn.vue"]).current_dir(&folder))?;
        fs::write(folder.join("SignIn.vue"), compiled)?;
        let options = ["--loader:.vue=js"];
        files.insert("app.bundle.js".into(), bundle(&folder, "app.js", &options)?);
        let policy = STRICT.replace("trusted-types 'none'", "trusted-types vue");
        let (_site, browser) = open(world, files, &policy).await?;
        recovers(world, &browser).await?;
        is_filled_in(&browser, "[aria-label='User name']").await
    }

    pub(super) async fn angular(world: &World) -> Result<()> {
        let mut files = blocks("angular")?;
        let folder = workshop("angular", &files)?;
        // Without Angular's own command line the template is compiled in the page, which evaluates text.
        fs::write(folder.join("main.ts"), "import '@angular/compiler';\nimport './app';\n")?;
        fs::write(
            folder.join("tsconfig.json"),
            r#"{ "compilerOptions": { "experimentalDecorators": true, "useDefineForClassFields": false } }"#,
        )?;
        files.insert("app.js".into(), bundle(&folder, "main.ts", &["--tsconfig=tsconfig.json"])?);
        let policy = STRICT.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-eval'");
        let policy = policy.split(" require-trusted-types-for").next().unwrap_or_default().to_owned();
        let (_site, browser) = open(world, files, &policy).await?;
        recovers(world, &browser).await?;
        is_filled_in(&browser, "[aria-label='User name']").await
    }

    pub(super) async fn server_page(world: &World) -> Result<()> {
        let mut files = blocks("server-page")?;
        let folder = workshop("server-page", &files)?;
        let page =
            run(Command::new("php").args(["-d", "register_argc_argv=1", "index.php"]).current_dir(&folder))?;
        files.insert("index.html".into(), page);
        let (_site, browser) = open(world, files, STRICT).await?;
        recovers(world, &browser).await
    }
}
