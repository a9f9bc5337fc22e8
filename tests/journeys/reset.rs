//! `<sspr-reset>` under the sign-in form.

use crate::{authenticator::Authenticator, browser::Browser, mail::Mail, words::Words, world::World};
use anyhow::{Context, Result, ensure};
use thirtyfour::{Key, WebElement};

pub(crate) const HOST: &str = "sspr-reset";

/// A way to prove oneself: what its button says before and after the first proof.
pub(crate) type Way = [Words; 2];

pub(crate) const EMAIL: Way =
    [Words("method.email", "E-mail me a code"), Words("method.email-masked", "E-mail a code to {to}")];
pub(crate) const SMS: Way =
    [Words("method.sms", "Text a code to my phone"), Words("method.sms-masked", "Text a code to {to}")];
pub(crate) const VOICE: Way = [
    Words("method.voice", "Call my phone with a code"),
    Words("method.voice-masked", "Call {to} with a code"),
];
pub(crate) const TOTP: Way = [Words("method.totp", "Use my authenticator app"); 2];
pub(crate) const RECOVERY_CODE: Way = [Words("method.recovery-code", "Use a recovery code"); 2];
pub(crate) const QUESTIONS: Way = [Words("method.questions", "Answer my security questions"); 2];

const FORGOTTEN: Words = Words("reason.reset", "I forgot my password");
const LOCKED: Words = Words("reason.unlock", "I know my password, but I am locked out");
const OTHER: Words = Words("other-method", "Try another method");
const INCORRECT: Words =
    Words("incorrect", "That is not right, or its time is over. You have {count} more tries.");
const GONE: Words = Words("gone.title", "Please start again");
const LINK_GONE: Words = Words("gone.link-title", "This link no longer works");
const CHANGED: Words = Words("done.reset-title", "Your password is changed");
const UNLOCKED: Words = Words("done.unlock-title", "Your account is unlocked");
const BREACHED: Words = Words("rule.breached", "Not on a list of leaked passwords");
const REJECTED: Words = Words("password.rejected", "This password cannot be used.");
const NUMBER_SENT: Words = Words("number.sent", "If that is the registered number, it receives a code now.");
const BACK: Words = Words("back", "Back");
const RESTART: Words = Words("restart", "Start again");

/// The element in a person's browser.
pub(crate) struct Reset<'a> {
    world: &'a World,
    browser: &'a Browser,
}

impl<'a> Reset<'a> {
    pub(crate) fn new(world: &'a World, browser: &'a Browser) -> Self {
        Self { world, browser }
    }

    fn says(&self, words: Words) -> String {
        words.in_language(self.world.language)
    }

    async fn press(&self, words: Words) -> Result<()> {
        self.browser.click_text(HOST, "button", &self.says(words)).await
    }

    async fn heading(&self, words: Words) -> Result<()> {
        self.browser.find_text(HOST, "h2", &self.says(words)).await?;
        Ok(())
    }

    /// Waits for a step by the name that the element tells the page.
    pub(crate) async fn step(&self, name: &str) -> Result<()> {
        self.browser.find("", &format!("sspr-reset[view={name}]")).await?;
        Ok(())
    }

    /// Waits until the form is live. The first field is there before: what is typed until then is taken over.
    pub(crate) async fn is_live(&self) -> Result<()> {
        self.browser.find(HOST, "#sspr-identifier").await?;
        Ok(())
    }

    /// Says who, and that the password is forgotten; waits for the choice of methods.
    pub(crate) async fn forgot(&self, identifier: &str) -> Result<()> {
        self.identify(identifier).await?;
        self.because_forgotten().await
    }

    /// Answers the reason.
    pub(crate) async fn press_forgotten(&self) -> Result<()> {
        self.press(FORGOTTEN).await
    }

    /// One step back, to the step of this name.
    pub(crate) async fn back_to(&self, name: &str) -> Result<()> {
        self.press(BACK).await?;
        self.step(name).await
    }

    /// Answers the reason; waits for the choice of methods.
    pub(crate) async fn because_forgotten(&self) -> Result<()> {
        self.press(FORGOTTEN).await?;
        self.step("choose").await
    }

    /// Says who, and that the account is locked; waits for the choice of methods.
    pub(crate) async fn locked_out(&self, identifier: &str) -> Result<()> {
        self.identify(identifier).await?;
        self.press(LOCKED).await?;
        self.step("choose").await
    }

    /// Says who, and waits for the reason.
    pub(crate) async fn identify(&self, identifier: &str) -> Result<()> {
        self.browser.fill(HOST, "#sspr-identifier", identifier).await?;
        self.submit().await?;
        self.step("reason").await
    }

    /// Chooses a way, at either gate.
    pub(crate) async fn choose(&self, way: Way) -> Result<()> {
        let button = self.way(way).await?.with_context(|| format!("no way {}", way[0].0))?;
        button.click().await?;
        self.browser.gone("", "sspr-reset[view^=choose]").await
    }

    /// Whether a way is offered at this gate.
    pub(crate) async fn offers(&self, way: Way) -> Result<bool> {
        Ok(self.way(way).await?.is_some())
    }

    async fn way(&self, way: Way) -> Result<Option<WebElement>> {
        for words in way {
            if let Some(button) = self.browser.look(HOST, "button", &self.says(words)).await? {
                return Ok(Some(button));
            }
        }
        Ok(None)
    }

    /// Another way than the one being answered.
    pub(crate) async fn other_method(&self) -> Result<()> {
        self.press(OTHER).await
    }

    /// Passes a gate by mail; `count` messages have reached the address then.
    pub(crate) async fn by_email(&self, mail: &Mail<'_>, address: &str, count: usize) -> Result<()> {
        self.choose(EMAIL).await?;
        self.code(&mail.code(address, count).await?).await
    }

    /// Passes a gate by the authenticator app.
    pub(crate) async fn by_totp(&self, app: &mut Authenticator) -> Result<()> {
        self.choose(TOTP).await?;
        self.code(&app.code().await?).await
    }

    /// Types a code that is right.
    pub(crate) async fn code(&self, code: &str) -> Result<()> {
        self.type_code(code).await?;
        self.browser.gone("", "sspr-reset[view=code]").await
    }

    /// Types a code and submits.
    pub(crate) async fn type_code(&self, code: &str) -> Result<()> {
        self.browser.fill(HOST, "#sspr-code", code).await?;
        self.submit().await
    }

    /// Types a code that is wrong or too late, and reads so.
    pub(crate) async fn code_is_refused(&self, code: &str) -> Result<()> {
        self.type_code(code).await?;
        self.browser.shows(HOST, &self.says(INCORRECT)).await
    }

    /// Answers the questions on the screen.
    pub(crate) async fn answer(&self, answer_to: impl Fn(&str) -> String) -> Result<()> {
        self.step("questions").await?;
        let script = "return [...document.querySelector(arguments[0]).shadowRoot.querySelectorAll('label')]
            .map((label) => [label.htmlFor, label.textContent])";
        let labels: Vec<(String, String)> =
            serde_json::from_value(self.browser.run(script, vec![HOST.into()]).await?)?;
        ensure!(labels.len() == 3, "three questions are asked, not {labels:?}");
        for (field, question) in labels {
            self.browser.fill(HOST, &format!("#{field}"), &answer_to(&question)).await?;
        }
        self.submit().await?;
        self.browser.gone("", "sspr-reset[view=questions]").await
    }

    /// Sets the new password and waits until it is set.
    pub(crate) async fn set_password(&self, password: &str) -> Result<()> {
        self.step("new-password").await?;
        self.type_password(password).await?;
        self.submit().await?;
        self.heading(CHANGED).await
    }

    /// Types the whole number of a phone.
    pub(crate) async fn phone_number(&self, number: &str) -> Result<()> {
        self.step("number").await?;
        self.browser.fill(HOST, "#sspr-number", number).await?;
        self.submit().await
    }

    /// Reads that a code was sent if the number is right.
    pub(crate) async fn number_was_taken(&self) -> Result<()> {
        self.step("code").await?;
        self.browser.shows(HOST, &self.says(NUMBER_SENT)).await
    }

    /// Types a new password, which the policy is held against at once.
    pub(crate) async fn type_password(&self, password: &str) -> Result<()> {
        self.browser.fill(HOST, "#sspr-new-password", password).await
    }

    /// Leaves the field, and reads that the password typed there is leaked.
    pub(crate) async fn is_leaked(&self) -> Result<()> {
        self.browser.press(Key::Tab).await?;
        self.browser.find_text(HOST, ".rules [data-state=unmet]", &self.says(BREACHED)).await?;
        Ok(())
    }

    /// Submits a password that the service refuses, and reads so.
    pub(crate) async fn password_is_refused(&self) -> Result<()> {
        self.submit().await?;
        self.browser.shows(HOST, &self.says(REJECTED)).await
    }

    /// Waits until the account is unlocked.
    pub(crate) async fn is_unlocked(&self) -> Result<()> {
        self.heading(UNLOCKED).await
    }

    /// Goes on with a mailed link that the page was opened by.
    pub(crate) async fn go_on_with_link(&self) -> Result<()> {
        self.step("link").await?;
        self.browser.click(HOST, ".main").await
    }

    /// Reads that the recovery has ended, and starts again.
    pub(crate) async fn has_ended(&self) -> Result<()> {
        self.heading(GONE).await?;
        self.press(RESTART).await?;
        self.step("identify").await
    }

    /// Reads that the mailed link is dead.
    pub(crate) async fn link_is_dead(&self) -> Result<()> {
        self.heading(LINK_GONE).await
    }

    /// Everything that can be read in the element.
    pub(crate) async fn screen(&self) -> Result<String> {
        self.browser.text(HOST).await
    }

    /// Sends the form.
    pub(crate) async fn submit(&self) -> Result<()> {
        self.browser.click(HOST, "form .main").await
    }
}
