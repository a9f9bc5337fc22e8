//! What the browser and the server share, compiled for both: the wire types of the HTTP contract, the password
//! policy, banned words and strength. No I/O, no DOM, no clock: the same input always gives the same answer.

mod fold;
pub mod policy;
pub mod secret;
pub mod strength;
pub mod wire;

pub use secret::Secret;
