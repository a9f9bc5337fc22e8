//! The widget: self-service password reset as custom elements.
//!
//! The way of data is one way. An [`element`] turns attributes into settings and the page's events out of them; a
//! view in [`ui`] renders the state of a [`flow`] and sends it events; the flow, a pure state machine, answers with
//! effects; the element's driver carries them out through a [`backend`].
//!
//! Pages load the modules that `crates/embed` builds from this crate. Another Yew program can use the same forms as
//! components: [`ResetForm`], [`EnrollForm`], [`ChangeForm`], [`AdminForm`].

pub mod backend;
pub mod breached;
pub mod element;
pub mod flow;
mod hex;
pub mod i18n;
pub mod strength;
pub mod ui;

pub use element::{AdminForm, ChangeForm, EnrollForm, ResetForm};
