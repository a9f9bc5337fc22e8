//! The rules as their callers see them: the whole service over the memory store, with a clock that tests set.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is to stop")]

mod support;

mod administration;
mod administrators;
mod at_once;
mod audit;
mod breached;
mod captcha;
mod codes;
mod contacts;
mod deaths;
mod decoys;
mod enrollment;
mod hashing;
mod import;
mod limits;
mod links;
mod messages;
mod more_time;
mod number;
mod passwords;
mod registration;
mod reset;
mod revocation;
mod sequences;
mod sessions;
mod settings;
mod unlock;
