//! Whole journeys in a real browser, each in both worlds and in both languages.
//!
//! * **server**: the built `sspr-server` on a SQLite file, sending to the built `sspr-mailbox` by SMTP and HTTP;
//! * **demonstration**: the page alone, with the service inside, as plain `trunk serve` shows it.
//!
//! They need the packaged page (`dist/`), both binaries, and Chromium with its driver: `cargo xtask test` builds and
//! installs all of it. `GECKODRIVER` drives Firefox instead. What a failed journey's browsers showed last is kept in `target/journeys/`.
#![cfg(not(target_arch = "wasm32"))]

// How journeys are driven.
mod authenticator;
mod browser;
mod driver;
mod elsewhere;
mod mail;
mod people;
mod site;
mod words;
mod world;

// The pages that people see.
mod change;
mod enroll;
mod reset;
mod sign_in;

// The journeys.
mod accessibility;
mod admin;
mod captcha;
mod change_password;
mod embedding;
mod expired;
mod faults;
mod forgotten_password;
mod gallery;
mod guides;
mod having_trouble;
mod keyboard;
mod leaked_password;
mod left_behind;
mod mailed_link;
mod phone_number;
mod reconfirm;
mod recovery_codes;
mod refusals;
mod scenario;
mod screen_reader;
mod screenshots;
mod security_questions;
mod systems;
mod unlock_only;
