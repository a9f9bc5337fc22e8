//! The reference server: the service over SQLite or PostgreSQL, mail and messages out, sign-in from elsewhere, files, command line.

mod backend;
pub mod breached;
pub mod captcha;
pub mod cli;
mod clock;
pub mod config;
mod core_dump;
pub mod delivery;
mod directory;
pub mod doctor;
mod hashing;
pub mod identity;
mod logging;
mod metrics;
pub mod serve;
pub mod store;
mod tls;

pub use backend::{Backend, BackendError};
pub use clock::SystemClock;
pub use hashing::OffThread;
pub use metrics::Metrics;
