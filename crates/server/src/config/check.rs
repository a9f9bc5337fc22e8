//! What a value must be beyond its type, and what must go together.

use super::{CaptchaKind, Config, SmtpTls, directory, mistake::Mistake};
use sspr_service::SettingsMistake;
use std::ops::RangeInclusive;

/// All that is wrong.
pub(super) fn check(config: &Config) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> =
        settings_mistakes(config).into_iter().map(|it| Mistake::new(it.key, it.message)).collect();
    mistakes.extend(ranges(config));
    mistakes.extend(origins(config));
    mistakes.extend(together(config));
    mistakes.extend(directory::mistakes(config));
    mistakes
}

/// The rules' own mistakes; where there are none, what is left once nothing undeliverable is offered counts.
fn settings_mistakes(config: &Config) -> Vec<SettingsMistake> {
    let mistakes = config.settings.mistakes();
    if mistakes.is_empty() { config.clone().deliverable().settings.mistakes() } else { mistakes }
}

fn ranges(config: &Config) -> impl Iterator<Item = Mistake> {
    let checks: [(&str, u32, RangeInclusive<u32>); 18] = [
        ("server.header_timeout_seconds", config.server.header_timeout_seconds, 1..=120),
        ("server.request_timeout_seconds", config.server.request_timeout_seconds, 1..=600),
        ("server.shutdown_seconds", config.server.shutdown_seconds, 1..=600),
        ("server.connections", config.server.connections, 16..=1_000_000),
        ("server.connections_per_address", config.server.connections_per_address, 4..=1_000_000),
        ("server.hashes_at_once", config.server.hashes_at_once, 0..=256),
        ("server.requests_at_once", config.server.requests_at_once, 0..=1_000_000),
        ("server.even_answer_ms", config.server.even_answer_ms, 0..=1000),
        ("database.connections", config.database.connections, 1..=200),
        ("database.sweep_seconds", config.database.sweep_seconds, 5..=86_400),
        ("smtp.timeout_seconds", config.smtp.timeout_seconds, 1..=50),
        ("gateway.timeout_seconds", config.gateway.timeout_seconds, 1..=50),
        ("revocation.timeout_seconds", config.revocation.timeout_seconds, 1..=50),
        ("breached.timeout_seconds", config.breached.timeout_seconds, 1..=10),
        ("captcha.difficulty", config.captcha.difficulty, 1..=20),
        ("captcha.life_seconds", config.captcha.life_seconds, 60..=3600),
        ("captcha.timeout_seconds", config.captcha.timeout_seconds, 1..=10),
        ("smtp.port", config.smtp.port.into(), 1..=65_535),
    ];
    checks.into_iter().filter(|(_, value, range)| !range.contains(value)).map(|(key, value, range)| {
        Mistake::new(key, format!("is {value}, but must be from {} to {}", range.start(), range.end()))
    })
}

fn origins(config: &Config) -> Vec<Mistake> {
    let wrong = |origin: &&String| {
        let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        rest.is_none_or(|rest| rest.is_empty() || rest.contains(['/', '*', ' ', '?', '#']))
    };
    let describe = |origin: &String| {
        let what =
            format!("`{origin}` is no origin; write it like `https://intranet.example`, without a path");
        Mistake::new("server.allowed_origins", what)
    };
    config.server.allowed_origins.iter().filter(wrong).map(describe).collect()
}

fn together(config: &Config) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let page = &config.server.change_password_page;
    let local = page.starts_with('/') && !page.starts_with("//");
    if !local && !page.starts_with("https://") {
        let what = "must be a path such as `/account` or an address that begins with https://";
        mistakes.push(Mistake::new("server.change_password_page", what));
    }
    if config.smtp.username.is_some() && config.smtp.tls == SmtpTls::None {
        let what =
            "would send the password in clear; use `required` or `implicit`, or leave smtp.username out";
        mistakes.push(Mistake::new("smtp.tls", what));
    }
    if config.smtp.from.parse::<lettre::message::Mailbox>().is_err() {
        let what = "must be an address like `help@example.org` or `Help desk <help@example.org>`";
        mistakes.push(Mistake::new("smtp.from", what));
    }
    for (key, url) in [
        ("gateway.url", &config.gateway.url),
        ("revocation.url", &config.revocation.url),
        ("breached.url", &config.breached.url),
        ("breached.browser_url", &config.breached.browser_url),
        ("captcha.verify_url", &config.captcha.verify_url),
    ] {
        if url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            mistakes.push(Mistake::new(key, "must begin with https:// (or http:// within one machine)"));
        }
    }
    if config.breached.browser_url.is_some() && config.breached.url.is_none() {
        let what = "has no effect without breached.url, by which the server decides";
        mistakes.push(Mistake::new("breached.browser_url", what));
    }
    let captcha = &config.captcha;
    if captcha.kind == CaptchaKind::External {
        if captcha.verify_url.is_none() {
            mistakes.push(Mistake::new("captcha.verify_url", "is needed where captcha.kind is `external`"));
        }
        if captcha.provider.is_empty() || captcha.provider == sspr_core::wire::Captcha::WORK {
            let what = "must be the name by which the page's script knows the service";
            mistakes.push(Mistake::new("captcha.provider", what));
        }
    }
    if let Some(header) = &config.identity.header
        && header.from.is_empty()
    {
        let what =
            "must name the proxy's addresses, such as [\"10.0.0.5/32\"]; else anybody could send the header";
        mistakes.push(Mistake::new("identity.header.from", what));
    }
    if let Some(token) = &config.identity.token
        && token.jwks_file.is_some() == token.jwks_url.is_some()
    {
        mistakes.push(Mistake::new("identity.token", "needs exactly one of jwks_file and jwks_url"));
    }
    mistakes
}
