//! What the flows ask of a backend, and the backends that can be asked.
//!
//! A backend answers calls, which are values, with answers, which are values too. [`Http`] speaks our contract; an
//! adapter for another system implements the same two traits.

mod account;
mod admin;
mod failure;
mod http;
pub(crate) mod json;
mod ranges;
mod recovery;

pub use account::{AccountAnswer, AccountCall};
pub use admin::{AdminAnswer, AdminCall};
pub use failure::Failure;
pub use http::{Http, HttpOptions};
pub use json::read;
pub use ranges::BreachedRanges;
pub use recovery::{RecoveryAnswer, RecoveryCall};

use std::{future::Future, pin::Pin, rc::Rc};

/// An answer to come.
pub type Answering<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// What `<sspr-reset>` needs.
pub trait RecoveryBackend: BreachedRanges {
    /// Makes a call. `key` is a UUID that stays the same when the same call is made again after a lost answer.
    fn call(&self, key: &str, call: RecoveryCall) -> Answering<RecoveryAnswer>;
}

/// What `<sspr-enroll>` and `<sspr-change>` need.
pub trait AccountBackend: BreachedRanges {
    /// Makes a call. `key` is a UUID that stays the same when the same call is made again after a lost answer.
    fn call(&self, key: &str, call: AccountCall) -> Answering<AccountAnswer>;
}

/// What `<sspr-admin>` needs.
pub trait AdminBackend {
    /// Makes a call. `key` is a UUID that stays the same when the same call is made again after a lost answer.
    fn call(&self, key: &str, call: AdminCall) -> Answering<AdminAnswer>;
}

/// A backend as a property: equal when it is the same one.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(pub Rc<T>);

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
