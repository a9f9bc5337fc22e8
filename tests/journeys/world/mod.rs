//! The world that a journey happens in: where the service runs, the language, the people's browsers and mail.

pub(crate) mod server;

use crate::{browser::Browser, mail::Mail, words::Words};
use anyhow::Result;
use futures_util::FutureExt;
use server::Server;
use std::{
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Mutex,
    sync::OnceLock,
    time::Duration,
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// A whole journey may take this long; each wait in it is bounded more tightly.
const JOURNEY: Duration = Duration::from_secs(150);

/// Where the service runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `sspr-server` on a SQLite file.
    Server,
    /// Inside the page of a plain `trunk serve`.
    Demonstration,
}

/// The person's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// BCP 47.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }
}

/// What runs behind a page.
enum Running {
    Server(Server),
    /// Where `trunk serve` answers.
    Demonstration(String),
}

/// The world of one journey. Nothing of it is shared with another journey but the program files.
pub(crate) struct World {
    /// Where the service runs.
    pub(crate) place: Place,
    /// The person's language.
    pub(crate) language: Language,
    running: Running,
    /// Every browser that was started, for the end of the journey.
    browsers: Mutex<Vec<Browser>>,
    /// The right to use the machine.
    turn: Mutex<Option<SemaphorePermit<'static>>>,
}

impl World {
    async fn start(place: Place, language: Language, limits: &str) -> Result<Self> {
        let turn = turns().acquire().await?;
        let running = match place {
            Place::Server => Running::Server(Server::start(limits).await?),
            Place::Demonstration => Running::Demonstration(try_out()),
        };
        Ok(Self { place, language, running, browsers: Mutex::default(), turn: Mutex::new(Some(turn)) })
    }

    /// The address of the sign-in page.
    pub(crate) fn page(&self) -> String {
        match &self.running {
            Running::Server(server) => format!("{}/?server", server.origin),
            Running::Demonstration(origin) => format!("{origin}/"),
        }
    }

    /// A browser with a profile of its own, on the sign-in page.
    pub(crate) async fn browser(&self) -> Result<Browser> {
        let browser = self.browser_of_size(1280, 1400).await?;
        browser.open(&self.page()).await?;
        // The page's own program has arrived when its panels have.
        browser.find("", "#people").await?;
        Ok(browser)
    }

    /// A browser with a profile of its own and a window of so many CSS pixels, showing nothing yet.
    pub(crate) async fn browser_of_size(&self, width: u32, height: u32) -> Result<Browser> {
        let browser = Browser::start(self.language.tag(), width, height).await?;
        self.browsers.lock().expect("no journey panics while it holds this").push(browser.clone());
        Ok(browser)
    }

    /// The mail and the phones of everybody. In the demonstration they are on the page of this browser.
    pub(crate) fn mail<'a>(&'a self, browser: &'a Browser) -> Mail<'a> {
        match &self.running {
            Running::Server(server) => Mail::Mailbox(&server.mailbox),
            Running::Demonstration(_) => Mail::Page(browser),
        }
    }

    /// Lets time pass for the service: in the demonstration by its buttons, at once; on the server, whose clock is
    /// the machine's, by waiting for what the journey's limits made short.
    pub(crate) async fn let_time_pass(&self, browser: &Browser, wait: Passing) -> Result<()> {
        match &self.running {
            Running::Server(_) => {
                // Others may go on meanwhile.
                drop(self.turn.lock().expect("no journey panics while it holds this").take());
                tokio::time::sleep(wait.on_the_server).await;
                let turn = turns().acquire().await?;
                *self.turn.lock().expect("no journey panics while it holds this") = Some(turn);
            }
            Running::Demonstration(_) => {
                browser.click("", &format!("#time button:nth-of-type({})", wait.button)).await?;
                browser.find("", "#time [role=status]:not([data-times='0'])").await?;
            }
        }
        Ok(())
    }

    /// Opens a mailed link: on the server in a browser of its own; in the demonstration, whose service lives in the
    /// page, by a click in the page.
    pub(crate) async fn follow(&self, browser: &Browser, link: &str) -> Result<Browser> {
        match &self.running {
            Running::Server(_) => {
                let other = self.browser_of_size(1280, 1400).await?;
                other.open(link).await?;
                other.find("", "#people").await?;
                Ok(other)
            }
            Running::Demonstration(_) => {
                let link = format!("#messages a[href='{link}']");
                // Only the newest message is open by itself.
                let open = "document.querySelector(arguments[0]).closest('details').open = true";
                browser.run(open, vec![link.as_str().into()]).await?;
                browser.click("", &link).await?;
                Ok(browser.clone())
            }
        }
    }

    /// Waits until a notice with this subject, in English or Japanese, reached an address.
    pub(crate) async fn mailed(&self, mail: &Mail<'_>, to: &str, subject: [Words; 2]) -> Result<()> {
        let [Words(_, english), Words(_, japanese)] = subject;
        let subject = match self.language {
            Language::English => english,
            Language::Japanese => japanese,
        };
        mail.with(to, subject).await
    }

    /// Ends a journey: no browser may have reported anything, and all are closed.
    async fn end(self, name: &str, outcome: Result<()>) -> Result<()> {
        let browsers = std::mem::take(&mut *self.browsers.lock().expect("no journey holds this any more"));
        let mut outcome = outcome;
        for browser in &browsers {
            if outcome.is_ok() {
                outcome = browser.assert_quiet().await;
            }
        }
        for (at, browser) in browsers.into_iter().enumerate() {
            if outcome.is_err() {
                // A browser that is gone has nothing to show; the outcome says more.
                let _ = browser.keep(&kept(&format!("{name}-{at}"))).await;
            }
            let _ = browser.driver.quit().await;
        }
        if let (Err(_), Running::Server(server)) = (&outcome, &self.running) {
            let _ = std::fs::write(kept(name).with_extension("log"), server.log());
        }
        outcome
    }
}

/// How long to let pass.
#[derive(Clone, Copy)]
pub(crate) struct Passing {
    /// Which button of the demonstration: 1 is 10 minutes, 2 is 2 hours, 3 is half a year.
    pub(crate) button: u8,
    /// How long to wait on the server.
    pub(crate) on_the_server: Duration,
}

/// The origin of a running `trunk serve`: `SSPR_TRY_OUT`, or where it answers when started by hand.
fn try_out() -> String {
    std::env::var("SSPR_TRY_OUT").unwrap_or_else(|_| "http://localhost:8080".into())
}

fn kept(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("journeys");
    // Where it cannot be made, keeping fails, and the test fails for its own reason anyway.
    let _ = std::fs::create_dir_all(&folder);
    folder.join(name)
}

/// What a journey returns when it is started.
pub(crate) type Walk<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// Goes one journey in one world. `limits` are lines for that section of the server's configuration.
pub(crate) fn go(
    name: &str,
    place: Place,
    language: Language,
    limits: &str,
    journey: impl for<'a> Fn(&'a World) -> Walk<'a>,
) {
    go_within(JOURNEY, name, place, language, limits, journey);
}

/// [`go`] for what takes longer than a journey.
pub(crate) fn go_within(
    limit: Duration,
    name: &str,
    place: Place,
    language: Language,
    limits: &str,
    journey: impl for<'a> Fn(&'a World) -> Walk<'a>,
) {
    let name = format!("{name}-{place:?}-{language:?}").to_lowercase();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let outcome = runtime.block_on(async {
        let world = World::start(place, language, limits).await?;
        let walk = AssertUnwindSafe(tokio::time::timeout(limit, journey(&world))).catch_unwind();
        let outcome = match walk.await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(anyhow::anyhow!("not over after {limit:?}")),
            Err(panic) => Err(anyhow::anyhow!("{}", panic_text(&*panic))),
        };
        world.end(&name, outcome).await
    });
    if let Err(error) = outcome {
        panic!("{name}: {error:#}\nkept: {}*", kept(&name).display());
    }
}

/// Journeys that run at the same time; more only take each other's time.
fn turns() -> &'static Semaphore {
    static TURNS: OnceLock<Semaphore> = OnceLock::new();
    TURNS.get_or_init(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from) + 1))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("panicked").to_owned()
}

/// Tests of a journey in both worlds and both languages; `limits` are lines for that section of the server's
/// configuration.
macro_rules! journey {
    ($name:ident) => {
        $crate::world::journey!($name, limits: "");
    };
    ($name:ident, limits: $limits:literal) => {
        mod $name {
            use $crate::world::{Language, Place, go};

            fn walk(place: Place, language: Language) {
                go(stringify!($name), place, language, $limits, |world| Box::pin(super::$name(world)));
            }

            #[test]
            fn on_the_server() {
                walk(Place::Server, Language::English);
            }

            #[test]
            fn on_the_server_in_japanese() {
                walk(Place::Server, Language::Japanese);
            }

            #[test]
            fn in_the_demonstration() {
                walk(Place::Demonstration, Language::English);
            }

            #[test]
            fn in_the_demonstration_in_japanese() {
                walk(Place::Demonstration, Language::Japanese);
            }
        }
    };
}
pub(crate) use journey;
