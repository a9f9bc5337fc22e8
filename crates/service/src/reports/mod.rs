//! Counts for administrators: how many people can help themselves, and what became of those who tried.

mod activity;
mod people;

pub use activity::{ActivityReport, Count, Day};
pub use people::PeopleReport;
