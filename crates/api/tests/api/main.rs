//! The HTTP contract over the memory store: one module a resource, one a matter that concerns all of them.

mod admin;
mod bodies;
mod breached;
mod captcha;
mod cors;
mod csrf;
mod describe;
mod health;
mod idempotency;
mod identity;
mod indistinguishable;
mod log;
mod methods;
mod openapi;
mod panics;
mod password;
mod problems;
mod recovery;
mod session;
mod support;
