//! The flows: what is on the screen, what each event leads to, and what is then to be done. Pure: no browser, no
//! network, no clock, so that every path is tested natively.

pub mod admin;
pub mod calls;
pub mod change;
pub mod enroll;
pub mod reset;
