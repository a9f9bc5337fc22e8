//! What is better-auth's own; the rest is the scenario's: a code in a text, a link.

use super::*;
use serde_json::Value;

#[test]
fn a_texted_code_that_is_wrong_comes_out_with_the_password_and_can_be_typed_again() {
    visit("better_auth_sms", |world| Box::pin(by_text(world)));
}

#[test]
fn a_link_leads_to_a_new_password() {
    visit("better_auth_link", |world| Box::pin(by_link(world)));
}

pub(crate) const SIGN_IN: &str = "/api/auth/sign-in/email";

pub(crate) async fn start(kind: &str) -> Result<System> {
    let elements = ["reset", "change", "enroll"].map(|form| {
        format!("<sspr-{form} backend-kind='{kind}' backend=/api/auth link-param=token></sspr-{form}>")
    });
    let body = elements.concat();
    System::start("/api/auth", &body, |state, port, page| {
        let (modules, own) =
            (PathBuf::from(given("SSPR_BETTER_AUTH")?), state.path().join("better-auth.mjs"));
        // Node.js looks for modules beside the script.
        std::fs::copy(script("better-auth.mjs"), &own)?;
        std::os::unix::fs::symlink(modules, state.path().join("node_modules"))?;
        let mut command = Command::new("node");
        command.arg(own).args([&port.to_string(), page]).arg(state.path().join("outbox"));
        Ok(command)
    })
    .await
}

impl System {
    /// The last thing of a kind that was sent.
    async fn sent(&self, kind: &str) -> Result<Value> {
        let outbox = self.state.path().join("outbox");
        wait_for(kind, || {
            let lines = std::fs::read_to_string(&outbox).ok()?;
            let all = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            all.rev().find(|it| it["kind"] == kind)
        })
        .await
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

async fn by_text(world: &World) -> Result<()> {
    let system = start("better-auth email sms").await?;
    let browser = system.browser(world).await?;
    identify(&browser, "+15550100123").await?;
    browser.click(RESET, "button[value=sms]").await?;
    let code = text(&system.sent("sms").await?, "code");
    answer(&browser, "000000").await?;
    set_password(&browser, NEW).await?;
    browser.find("", "sspr-reset[view=code]").await?;
    browser.find_text(RESET, ".error", "2 more tries").await?;
    answer(&browser, &code).await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    ensure!(signs_in(&browser, SIGN_IN, NEW).await?, "the new password signs in");
    Ok(())
}

async fn by_link(world: &World) -> Result<()> {
    let system = start("better-auth").await?;
    let browser = system.browser(world).await?;
    browser.find(RESET, "#sspr-identifier").await?;
    // The page asks for the link: a code is what the element asks for.
    let ask = "const [email, redirectTo, done] = arguments;
        fetch('/api/auth/request-password-reset', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, redirectTo }) })
            .then((answer) => done(answer.ok));";
    let asked =
        browser.run_async(ask, vec![PERSON.into(), format!("{}/", system.site.origin).into()]).await?;
    ensure!(asked == true, "asked for a link");
    let link = text(&system.sent("link").await?, "url");
    browser.open(&link).await?;
    browser.find("", "sspr-reset[view=link]").await?;
    ensure!(
        !browser.driver.current_url().await?.as_str().contains("token="),
        "the token is out of the address bar"
    );
    press(&browser).await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    ensure!(signs_in(&browser, SIGN_IN, NEW).await?, "the new password signs in");
    Ok(())
}
