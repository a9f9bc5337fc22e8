//! The views: each renders a flow's state and sends it events, nothing else.

pub mod account;
pub mod admin;
pub mod change;
pub mod enroll;
pub mod parts;
pub mod reset;
