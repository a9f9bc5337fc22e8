//! JSON by the browser: wire types read from, and requests written to, JavaScript values.
//!
//! `tests/json.rs` holds every reading against serde's through `crates/core/tests/golden`.

pub mod read;
mod write;

pub(crate) use write::Object;
