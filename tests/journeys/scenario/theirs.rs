//! Other people's systems, through their adapters.

use super::subject::{Can, Sends, SignIn, Subject};
use crate::systems::{self, System};
use anyhow::Result;

pub(super) async fn allauth() -> Result<Subject> {
    let system = systems::allauth::start("code", &["reset", "change", "enroll"]).await?;
    let sends = Sends::Folder(system.state().join("mail"));
    let subject = Subject {
        sign_in: SignIn::Post(systems::allauth::SIGN_IN, Some("/_allauth/browser/v1/auth/session")),
        wrong: "AAAA-0000",
        weak: "harbor77",
        refusal: "At least 12 characters",
        can: &[Can::Judge, Can::Change, Can::Register],
        ..over(system, sends)
    };
    Ok(subject)
}

pub(super) async fn better_auth() -> Result<Subject> {
    let system = systems::better_auth::start("better-auth email").await?;
    let sends = Sends::Lines(system.state().join("outbox"));
    let subject = Subject {
        sign_in: SignIn::Post(systems::better_auth::SIGN_IN, None),
        wrong: "000000",
        weak: "harbor7",
        refusal: "At least 8 characters",
        can: &[Can::Judge, Can::Change],
        ..over(system, sends)
    };
    Ok(subject)
}

fn over(system: System, sends: Sends) -> Subject {
    Subject {
        page: system.page(),
        log: system.state().join("log"),
        sends,
        person: systems::PERSON,
        by_phone: systems::PERSON,
        nobody: "nobody@example.org",
        old: systems::OLD,
        way: "email",
        wrong: "",
        weak: "",
        refusal: "",
        sign_in: SignIn::Page,
        locks_after: 0,
        can: &[],
        stories: &[],
        ends: Box::new(|| Ok(())),
        _running: Box::new(system),
    }
}
