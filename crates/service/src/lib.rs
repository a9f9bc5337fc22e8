//! The rules of self-service password reset: who may do what, in which order, how often, and what they learn.
//!
//! No I/O of its own: everything outside comes through three ports, [`Store`], [`Directory`] and [`Clock`]. The
//! crate therefore runs in the server over SQLite and, over [`store::Memory`], inside the demonstration page. A server
//! also gives it threads to hash on, by [`Offload`].

mod administration;
pub mod audit;
pub mod breached;
pub mod captcha;
pub mod clock;
mod code;
mod contacts;
pub mod directory;
mod enrollment;
pub mod failure;
mod fold;
pub mod fuzzing;
mod idempotency;
pub mod import;
mod mask;
mod method_data;
pub mod notify;
mod offload;
mod outbox;
mod password;
mod questions;
mod recovery;
pub mod reports;
pub mod revocation;
mod seal;
mod service;
mod session;
pub mod settings;
pub mod store;
mod throttle;
mod token;
mod totp;

pub use clock::Clock;
pub use directory::{Directory, LocalDirectory};
pub use failure::Failure;
pub use idempotency::{ClaimTicket, Claimed};
pub use import::{ImportReport, ImportedAccount, ImportedAnswer, ImportedMethod, import_accounts};
pub use notify::{Outgoing, OutgoingBody};
pub use offload::Offload;
pub use password::{broken_rules, change::nfc};
pub use seal::{KeyBytes, MasterKey, Sealed};
pub use service::{Caller, Person, Service};
pub use settings::{Settings, SettingsMistake};
pub use store::Store;
