//! What handlers take from a request, each refused by a problem and never by a panic.

mod caller;
mod flow_token;
mod json;
mod method_id;
mod person;

pub use caller::ClientAddress;
pub(crate) use caller::of as caller_of;
pub(crate) use flow_token::FlowToken;
pub(crate) use json::{Empty, JSON, Json, most_bytes, read_body};
pub(crate) use method_id::MethodId;
pub(crate) use person::{SignedIn, require as require_person, who};

use crate::problem::Refusal;
use axum::response::Response;

/// What middleware answers: the response, or a problem instead.
pub(crate) type Refused<T = Response> = Result<T, Refusal>;
