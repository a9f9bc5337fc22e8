//! One scenario for every backend: what a person goes through is the same, whatever stands behind the elements.
//!
//! Each system is a test of its own, and all of them together fill the table that `cargo xtask test` prints
//! (`target/tables/scenario.txt`). What a system cannot do has to be missing on the screen, not to fail there.

mod host;
mod ours;
mod recorded;
mod subject;
mod table;
mod theirs;

use crate::{
    authenticator::Authenticator,
    browser::Browser,
    world::{Language, Place, Walk, World, go},
};
use anyhow::{Result, bail, ensure};
use serde_json::json;
use subject::{Can, Start, Subject};
use table::Outcome;

const RESET: &str = "sspr-reset";
const CHANGE: &str = "sspr-change";
const ENROLL: &str = "sspr-enroll";
const NEW: &str = "Quiet-Lagoon-97-Otter";
const NEWER: &str = "Amber-Trellis-41-Finch";
const NEWEST: &str = "Copper-Meadow-68-Heron";
const LOST: &str = "We could not reach the server.";
const UNAVAILABLE: &str = "This is not available to you here.";

/// A row of the table: its sentence, what it takes, and how it goes.
struct Step {
    says: &'static str,
    takes: Option<Can>,
    go: for<'a> fn(&'a Person<'a>) -> Walk<'a>,
}

macro_rules! step {
    ($says:literal, $takes:expr, $go:ident) => {
        Step { says: $says, takes: $takes, go: |person| Box::pin($go(person)) }
    };
}

/// In this order, each from where the one before ended.
const STEPS: [Step; 13] = [
    step!("somebody known and somebody unknown see the same", None, nobody_is_told),
    step!("without a network it says so, keeps what was typed, and goes on", None, no_network),
    step!("a wrong code is told, and another can be typed", None, wrong_code),
    step!("the right code leads to a new password", None, right_code),
    step!("a password that the system refuses is told with its rule", Some(Can::Judge), weak_password),
    step!("the new password is set and signs in, and the old one does not", None, new_password),
    step!("a code that was spent opens nothing", None, spent_code),
    step!("a code comes by text message", Some(Can::Text), by_text),
    step!("a mailed link leads to a new password in another browser", Some(Can::Link), by_link),
    step!("somebody locked out unlocks and keeps the password", Some(Can::Unlock), unlock),
    step!("somebody signed in changes the password", Some(Can::Change), change),
    step!("somebody signed in registers an authenticator app", Some(Can::Register), register),
    step!("what it cannot do is said, and nothing breaks", None, the_rest),
];

/// A person in front of a page with all three elements.
struct Person<'a> {
    world: &'a World,
    subject: &'a Subject,
    browser: &'a Browser,
}

macro_rules! scenario {
    ($($name:ident: $start:expr,)*) => {$(
        #[test]
        fn $name() {
            go(concat!("scenario_", stringify!($name)), Place::Demonstration, Language::English, "", |world| {
                Box::pin(play(world, stringify!($name), Box::pin($start)))
            });
        }
    )*};
}

scenario! {
    our_server_on_sqlite: ours::on_sqlite(),
    our_server_on_postgresql: ours::on_postgresql(),
    our_server_over_openldap: ours::over_openldap(),
    django_allauth: theirs::allauth(),
    better_auth: theirs::better_auth(),
    the_host_object: host::in_the_page(),
    ory_kratos: recorded::kratos(),
    okta: recorded::okta(),
    supabase_auth: recorded::supabase(),
}

async fn play(world: &World, name: &'static str, start: Start) -> Result<()> {
    let subject = start.await?;
    let browser = world.browser_of_size(900, 1400).await?;
    browser.open(&subject.page).await?;
    let person = Person { world, subject: &subject, browser: &browser };
    let mut outcomes = Vec::new();
    let mut failed = None;
    for step in &STEPS {
        let can = step.takes.is_none_or(|it| subject.can.contains(&it));
        let told = step.takes.is_some_and(|it| subject.stories.contains(&it));
        let outcome = match (&failed, can) {
            (_, false) if told => Outcome::Elsewhere,
            (_, false) => Outcome::Hidden,
            (Some(_), true) => Outcome::NotReached,
            (None, true) => match (step.go)(&person).await {
                Ok(()) => Outcome::Passed,
                Err(error) => {
                    failed = Some(error.context(step.says));
                    Outcome::Failed
                }
            },
        };
        outcomes.push(outcome);
    }
    if failed.is_none() {
        failed = (subject.ends)().err();
    }
    table::fill(name, STEPS.map(|step| step.says), &outcomes)?;
    failed.map_or(Ok(()), |error| Err(error.context(subject.log())))
}

impl Person<'_> {
    async fn again(&self) -> Result<()> {
        self.browser.open(&self.subject.page).await?;
        self.browser.find(RESET, "#sspr-identifier").await.map(drop)
    }

    async fn press(&self) -> Result<()> {
        self.browser.click(RESET, "button.main").await
    }

    async fn view(&self, view: &str) -> Result<()> {
        self.browser.find("", &format!("sspr-reset[view={view}]")).await.map(drop)
    }

    /// Types who they are, and answers that the password is forgotten where that is asked.
    async fn identify(&self, identifier: &str) -> Result<()> {
        self.browser.fill(RESET, "[name=identifier]", identifier).await?;
        self.press().await?;
        self.browser.gone("", "sspr-reset[view=identify]").await?;
        if self.subject.can.contains(&Can::Unlock) {
            self.view("reason").await?;
            self.browser.click_text(RESET, "button", "I forgot my password").await?;
        }
        self.browser.find("", "sspr-reset[view=choose], sspr-reset[view=code]").await.map(drop)
    }

    /// From the page's start until a code is asked for; the codes that were sent before stay behind.
    async fn ask_for_a_code(&self) -> Result<usize> {
        let before = self.subject.codes(self.browser).await?.len();
        self.again().await?;
        self.identify(self.subject.person).await?;
        self.choose(self.subject.way).await?;
        Ok(before)
    }

    async fn choose(&self, way: &str) -> Result<()> {
        if self.browser.look("", "sspr-reset[view=choose]", "").await?.is_some() {
            self.browser.click(RESET, &format!("button[value={way}]")).await?;
        }
        self.browser.find(RESET, "[name=code]").await.map(drop)
    }

    async fn answer(&self, code: &str) -> Result<()> {
        self.browser.fill(RESET, "[name=code]", code).await?;
        self.press().await
    }

    async fn set_password(&self, password: &str) -> Result<()> {
        self.browser.fill(RESET, "[name=new-password]", password).await?;
        self.press().await
    }

    /// The newest code, once there are more than so many.
    async fn newest_code(&self, before: usize) -> Result<String> {
        self.subject.newest(before, || self.subject.codes(self.browser)).await
    }

    /// Holds the system to its word on a password; a recording has none.
    async fn signs_in(&self, password: &str, expected: bool) -> Result<()> {
        let said = self.subject.signs_in(self.browser, password).await?;
        ensure!(said.is_none_or(|it| it == expected), "signs in with that password: {}", !expected);
        Ok(())
    }

    async fn network(&self, there: bool) -> Result<()> {
        let conditions =
            json!({ "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        let cdp = self.browser.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.emulateNetworkConditions", conditions).await?;
        // What is in the page itself has no network to lose, and plays that it has.
        self.browser.run("if (window.host) host.offline = arguments[0]", vec![json!(!there)]).await.map(drop)
    }
}

async fn nobody_is_told(person: &Person<'_>) -> Result<()> {
    let mut screens = Vec::new();
    for identifier in [person.subject.person, person.subject.nobody] {
        person.again().await?;
        person.identify(identifier).await?;
        person.choose(person.subject.way).await?;
        let text = person.browser.text(RESET).await?;
        // How long a code is good for runs on between two looks.
        let text = text.replace(identifier, "…").replace(|it: char| it.is_ascii_digit(), "");
        screens.push(text);
    }
    ensure!(screens[0] == screens[1], "they differ: {screens:#?}");
    Ok(())
}

async fn no_network(person: &Person<'_>) -> Result<()> {
    person.again().await?;
    person.network(false).await?;
    person.browser.fill(RESET, "[name=identifier]", person.subject.person).await?;
    person.press().await?;
    if person.subject.can.contains(&Can::Unlock) {
        person.view("reason").await?;
        person.browser.click_text(RESET, "button", "I forgot my password").await?;
    }
    person.browser.shows(RESET, LOST).await?;
    if person.browser.look(RESET, "[name=identifier]", "").await?.is_some() {
        let typed = person.browser.find(RESET, "[name=identifier]").await?.value().await?;
        ensure!(typed.as_deref() == Some(person.subject.person), "it keeps {typed:?}");
    }
    person.network(true).await
}

async fn wrong_code(person: &Person<'_>) -> Result<()> {
    let before = person.ask_for_a_code().await?;
    person.newest_code(before).await?;
    person.answer(person.subject.wrong).await?;
    person.browser.find_text(RESET, ".error", "more tr").await?;
    person.browser.find(RESET, "[name=code]").await.map(drop)
}

async fn right_code(person: &Person<'_>) -> Result<()> {
    let code = person.newest_code(0).await?;
    // As people type it.
    person.answer(&code.replace('-', " ").to_lowercase()).await?;
    person.view("new-password").await
}

async fn weak_password(person: &Person<'_>) -> Result<()> {
    person.set_password(person.subject.weak).await?;
    person.browser.find_text(RESET, ".error", person.subject.refusal).await?;
    person.view("new-password").await
}

async fn new_password(person: &Person<'_>) -> Result<()> {
    person.set_password(NEW).await?;
    person.view("done").await?;
    person.signs_in(person.subject.old, false).await?;
    person.signs_in(NEW, true).await
}

async fn spent_code(person: &Person<'_>) -> Result<()> {
    let Some(spent) = person.subject.codes(person.browser).await?.pop() else { bail!("there was a code") };
    let before = person.ask_for_a_code().await?;
    person.newest_code(before).await?;
    person.answer(&spent).await?;
    person.browser.find_text(RESET, ".error", "more tr").await.map(drop)
}

async fn by_text(person: &Person<'_>) -> Result<()> {
    let before = person.subject.texts(person.browser).await?.len();
    person.again().await?;
    person.identify(person.subject.by_phone).await?;
    person.choose("sms").await?;
    let code = person.subject.newest(before, || person.subject.texts(person.browser)).await?;
    person.answer(&code).await?;
    person.set_password(NEWER).await?;
    person.view("done").await?;
    person.signs_in(NEWER, true).await
}

async fn by_link(person: &Person<'_>) -> Result<()> {
    let before = person.subject.links()?.len();
    person.again().await?;
    person.identify(person.subject.person).await?;
    person.choose("email").await?;
    let link = person.subject.newest(before, async || person.subject.links()).await?;
    let other = person.world.browser_of_size(900, 1400).await?;
    other.open(&link).await?;
    let elsewhere = Person { browser: &other, ..*person };
    elsewhere.view("link").await?;
    let address = other.driver.current_url().await?;
    ensure!(!address.as_str().contains("sspr="), "the token is out of the address bar");
    elsewhere.press().await?;
    elsewhere.set_password(NEW).await?;
    elsewhere.view("done").await?;
    elsewhere.signs_in(NEW, true).await?;
    other.open("about:blank").await?;
    other.open(&link).await?;
    elsewhere.view("link-gone").await
}

async fn unlock(person: &Person<'_>) -> Result<()> {
    let password = person.subject.now(person.browser, &[NEW, NEWER]).await?;
    for _ in 0..person.subject.locks_after {
        person.signs_in("Wrong-Harbor-Light-2", false).await?;
    }
    person.signs_in(password, false).await?;
    let before = person.subject.codes(person.browser).await?.len();
    person.again().await?;
    person.browser.fill(RESET, "[name=identifier]", person.subject.person).await?;
    person.press().await?;
    person.view("reason").await?;
    person.browser.click_text(RESET, "button", "I am locked out").await?;
    person.browser.gone("", "sspr-reset[view=reason]").await?;
    person.choose(person.subject.way).await?;
    person.answer(&person.newest_code(before).await?).await?;
    person.browser.find_text(RESET, "h2", "Your account is unlocked").await?;
    person.signs_in(password, true).await
}

async fn change(person: &Person<'_>) -> Result<()> {
    let current = person.subject.now(person.browser, &[NEW, NEWER]).await?;
    person.again().await?;
    for (current, view) in [("Wrong-Harbor-Light-2", None), (current, Some("sspr-change[view=done]"))] {
        person.browser.fill(CHANGE, "[name=current]", current).await?;
        person.browser.fill(CHANGE, "[name=new]", NEWEST).await?;
        person.browser.click(CHANGE, "button.main").await?;
        match view {
            Some(view) => person.browser.find("", view).await?,
            None => person.browser.find_text(CHANGE, ".error", "current password").await?,
        };
    }
    person.signs_in(current, false).await?;
    person.signs_in(NEWEST, true).await
}

async fn register(person: &Person<'_>) -> Result<()> {
    person.again().await?;
    person.browser.find(ENROLL, ".methods, .method").await?;
    let main = async || person.browser.click(ENROLL, "button.main").await;
    main().await?;
    person.browser.click_text(ENROLL, "button", "Authenticator app").await?;
    person.browser.find(ENROLL, "[name=name]").await?;
    main().await?;
    prove(person, ".key").await?;
    let key = person.browser.find(ENROLL, ".key").await?.text().await?;
    person.browser.fill(ENROLL, "[name=code]", &Authenticator::new(&key)?.code().await?).await?;
    main().await?;
    prove(person, ".method").await?;
    person.browser.find_text(ENROLL, ".method", "Authenticator app").await.map(drop)
}

/// Some ask for the password first, and what was typed is sent again then: types it, if it is asked for before the rest comes.
async fn prove(person: &Person<'_>, rest: &str) -> Result<()> {
    let shown = person.browser.find(ENROLL, &format!("{rest}, [name=proof]")).await?;
    if shown.attr("name").await?.as_deref() == Some("proof") {
        person.browser.fill(ENROLL, "[name=proof]", NEWEST).await?;
        person.browser.click(ENROLL, "form:has([name=proof]) button.main").await?;
    }
    Ok(())
}

/// What is missing is said where an element stands for it, and is not offered where it would be one of several.
async fn the_rest(person: &Person<'_>) -> Result<()> {
    let can = |it| person.subject.can.contains(&it);
    person.again().await?;
    for (ability, element) in [(Can::Change, CHANGE), (Can::Register, ENROLL)] {
        // A recording has the page of a reset alone.
        if !can(ability) && person.browser.look("", element, "").await?.is_some() {
            person.browser.shows(element, UNAVAILABLE).await?;
        }
    }
    person.identify(person.subject.person).await?;
    if !can(Can::Text) && !person.subject.stories.contains(&Can::Text) {
        ensure!(person.browser.look(RESET, "button[value=sms]", "").await?.is_none(), "no text is offered");
    }
    person.browser.assert_quiet().await
}
