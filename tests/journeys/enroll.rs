//! `<sspr-enroll>` on the start page.

use crate::{authenticator::Authenticator, browser::Browser, mail::Mail, words::Words, world::World};
use anyhow::{Context, Result};
use thirtyfour::By;

pub(crate) const HOST: &str = "sspr-enroll";

/// A kind of method by the name that the element gives it.
pub(crate) const EMAIL: Words = Words("enroll.kind.email", "E-mail");
pub(crate) const PHONE: Words = Words("enroll.kind.phone", "Phone");
pub(crate) const CODES: Words = Words("enroll.kind.codes", "Recovery codes");
pub(crate) const QUESTIONS: Words = Words("enroll.kind.questions", "Security questions");

const ADD: Words = Words("enroll.methods.add", "Add a method");
const BACK: Words = Words("account.back", "Back");
const METHODS: Words = Words("enroll.methods.title", "Ways to prove it is you");
const BEGIN: Words = Words("enroll.welcome.begin", "Start");
const OTHER: Words = Words("enroll.wizard.other", "Set up a different method");
const FINISHED: Words = Words("enroll.finished.title", "You are all set");
pub(crate) const CONFIRM: Words = Words("enroll.confirm.title", "Is this still right?");
const LOOKS_GOOD: Words = Words("enroll.confirm.good", "Looks good");
const THANKS: Words = Words("enroll.success.confirmed", "Thank you. We will ask again some other time.");

/// The element in a person's browser.
pub(crate) struct Enroll<'a> {
    world: &'a World,
    browser: &'a Browser,
}

impl<'a> Enroll<'a> {
    pub(crate) fn new(world: &'a World, browser: &'a Browser) -> Self {
        Self { world, browser }
    }

    fn says(&self, words: Words) -> String {
        words.in_language(self.world.language)
    }

    async fn press(&self, words: Words) -> Result<()> {
        self.browser.click_text(HOST, "button", &self.says(words)).await
    }

    /// Waits for a page of the element by its heading.
    pub(crate) async fn heading(&self, words: Words) -> Result<()> {
        self.browser.find_text(HOST, "h2", &self.says(words)).await?;
        Ok(())
    }

    /// Waits for the list of methods.
    pub(crate) async fn shows_methods(&self) -> Result<()> {
        self.heading(METHODS).await
    }

    /// Starts the first-time wizard.
    pub(crate) async fn begin(&self) -> Result<()> {
        self.press(BEGIN).await
    }

    /// Ends the wizard at its last page.
    pub(crate) async fn finish(&self) -> Result<()> {
        self.heading(FINISHED).await?;
        self.browser.click(HOST, ".actions .main").await?;
        self.shows_methods().await
    }

    /// In the wizard: something else than what it suggests.
    pub(crate) async fn rather(&self, kind: Words) -> Result<()> {
        self.press(OTHER).await?;
        self.pick(kind).await
    }

    /// From the list: what to add.
    pub(crate) async fn add(&self, kind: Words) -> Result<()> {
        self.press(ADD).await?;
        self.pick(kind).await
    }

    async fn pick(&self, kind: Words) -> Result<()> {
        self.browser.click_text(HOST, "button.choice", &self.says(kind)).await
    }

    /// Fills the form for an address and proves it by the code; `count` messages have reached it then.
    pub(crate) async fn prove_email(&self, mail: &Mail<'_>, address: &str, count: usize) -> Result<()> {
        self.browser.fill(HOST, "#sspr-email", address).await?;
        self.submit().await?;
        let code = mail.code(address, count).await?;
        self.code(&code).await
    }

    /// Sets an authenticator app up and proves it.
    pub(crate) async fn prove_totp(&self) -> Result<Authenticator> {
        self.browser.fill(HOST, "#sspr-name", "Phone").await?;
        self.submit().await?;
        let key = self.browser.find(HOST, ".key").await?.text().await?;
        let mut app = Authenticator::new(&key)?;
        self.code(&app.code().await?).await?;
        Ok(app)
    }

    /// Makes recovery codes, says that they are saved, and returns them.
    pub(crate) async fn make_codes(&self) -> Result<Vec<String>> {
        self.submit().await?;
        self.browser.find(HOST, ".codes code").await?;
        let script =
            "return [...document.querySelector(arguments[0]).shadowRoot.querySelectorAll('.codes code')]
            .map((code) => code.textContent)";
        let codes = self.browser.run(script, vec![HOST.into()]).await?;
        self.browser.click(HOST, "#sspr-saved").await?;
        self.submit().await?;
        self.browser.gone(HOST, ".codes").await?;
        serde_json::from_value(codes).context("the codes are texts")
    }

    /// Answers as many questions as are asked for; the answer to each is its id turned round, see [`answer_to`].
    pub(crate) async fn answer_questions(&self) -> Result<()> {
        self.browser.find(HOST, "#sspr-question-0").await?;
        let count = "return document.querySelector(arguments[0]).shadowRoot.querySelectorAll('fieldset.question').length";
        let count = self.browser.run(count, vec![HOST.into()]).await?.as_u64().context("a number")?;
        for row in 0..count {
            let select = self.browser.find(HOST, &format!("#sspr-question-{row}")).await?;
            // The first option only says what to do.
            let option = select.find(By::Css(format!("option:nth-child({})", row + 2))).await?;
            let text = option.text().await?;
            option.click().await?;
            self.browser.fill(HOST, &format!("#sspr-answer-{row}"), &answer_to(&text)).await?;
        }
        self.submit().await?;
        self.browser.gone(HOST, "#sspr-question-0").await
    }

    /// Waits for "is this still right?", and says that it is.
    pub(crate) async fn looks_good(&self) -> Result<()> {
        self.heading(CONFIRM).await?;
        self.press(LOOKS_GOOD).await?;
        self.browser.shows(HOST, &self.says(THANKS)).await
    }

    /// One page back.
    pub(crate) async fn back(&self) -> Result<()> {
        self.press(BACK).await
    }

    /// Types a code that is right.
    pub(crate) async fn code(&self, code: &str) -> Result<()> {
        self.browser.fill(HOST, "#sspr-code", code).await?;
        self.submit().await?;
        self.browser.gone(HOST, "#sspr-code").await
    }

    /// Sends the form.
    pub(crate) async fn submit(&self) -> Result<()> {
        self.browser.click(HOST, "form .actions .main").await
    }
}

/// What a person answers to a question: something that differs from question to question, as real answers do.
pub(crate) fn answer_to(question: &str) -> String {
    let signs: Vec<char> = question.chars().filter(|c| c.is_alphanumeric()).collect();
    signs.iter().take(40).rev().collect()
}
