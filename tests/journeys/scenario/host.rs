//! A backend in the page's own script (`host.js`).

use super::{
    CHANGE, ENROLL, RESET,
    subject::{Can, Sends, SignIn, Subject},
};
use crate::site::Site;
use anyhow::Result;
use std::path::PathBuf;

const SCRIPT: &str = include_str!("host.js");

pub(super) async fn in_the_page() -> Result<Subject> {
    let body = [RESET, CHANGE, ENROLL].map(|form| format!("<{form}></{form}>")).concat();
    let site = Site::scripted(&body, SCRIPT).await?;
    Ok(Subject {
        page: format!("{}/", site.origin),
        sends: Sends::Page,
        person: "alex@example.org",
        by_phone: "alex@example.org",
        nobody: "nobody@example.org",
        old: "Old-Harbor-Light-1",
        way: "email",
        wrong: "000000",
        weak: "harbor77",
        refusal: "At least 12 characters",
        sign_in: SignIn::Page,
        locks_after: 3,
        can: &[Can::Judge, Can::Unlock, Can::Change],
        log: PathBuf::new(),
        stories: &[],
        ends: Box::new(|| Ok(())),
        _running: Box::new(site),
    })
}
