//! Systems that do not run here: recordings (`tests/journeys/systems/recorded/<system>/scenario.json`) answer in their place.

use super::subject::{Can, Sends, SignIn, Subject};
use crate::systems::{self, replay::Replay};
use anyhow::Result;
use std::{path::PathBuf, rc::Rc};

pub(super) async fn kratos() -> Result<Subject> {
    let subject = Subject {
        sends: Sends::Recorded(&["918273"]),
        weak: "harbor77",
        refusal: "At least 12 characters",
        can: &[Can::Judge],
        stories: &[Can::Change, Can::Register],
        ..played("kratos", "/kratos", "kratos").await?
    };
    Ok(subject)
}

pub(super) async fn okta() -> Result<Subject> {
    let subject = Subject {
        sends: Sends::Recorded(&["657866"]),
        way: "sms",
        weak: "Other-Lagoon-86-Heron",
        refusal: "Accepted by your organisation",
        can: &[Can::Judge, Can::Text],
        stories: &[Can::Link, Can::Unlock],
        ..played("okta", "/api/v1/authn", "okta sms").await?
    };
    Ok(subject)
}

pub(super) async fn supabase() -> Result<Subject> {
    let subject = Subject {
        sends: Sends::Recorded(&["493817"]),
        weak: "harbor77",
        refusal: "At least 12 characters",
        can: &[Can::Judge],
        stories: &[Can::Link, Can::Change],
        ..played("supabase", "/auth/v1", "supabase").await?
    };
    Ok(subject)
}

/// A system's recording below a path, with the page of a reset alone.
async fn played(system: &str, base: &str, kind: &str) -> Result<Subject> {
    let body = format!("<sspr-reset backend-kind='{kind}' backend='{base}'></sspr-reset>");
    let replay = Rc::new(Replay::start(&format!("{system}/scenario"), base, &body).await?);
    let tape = replay.clone();
    Ok(Subject {
        page: replay.page(),
        sends: Sends::Recorded(&[]),
        person: systems::PERSON,
        by_phone: systems::PERSON,
        nobody: "nobody@example.org",
        old: systems::OLD,
        way: "email",
        wrong: "000000",
        weak: "",
        refusal: "",
        sign_in: SignIn::Untold,
        locks_after: 0,
        can: &[],
        stories: &[],
        log: PathBuf::new(),
        ends: Box::new(move || tape.is_over()),
        _running: Box::new(replay),
    })
}
