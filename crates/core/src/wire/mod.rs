//! The HTTP contract's messages, version 1: JSON in and out, `snake_case` members, unknown members ignored.
//!
//! The server reads and writes them with serde (feature `serde`) and describes them with OpenAPI (feature
//! `openapi`). The widget uses the plain types and reads JSON by the browser, because serde_json measured
//! +20 kB (brotli) on the sign-in page's path; `sspr-widget`'s tests hold the two readings against each other.
//!
//! Lengths of time are whole seconds *left*, since clients' clocks are wrong. Every wire enum is closed here and
//! open on the wire: a kind that a client does not know is dropped by it, never an error.

mod account;
mod admin;
mod describe;
mod problem;
mod recovery;
mod session;

pub use account::*;
pub use admin::*;
pub use describe::*;
pub use problem::*;
pub use recovery::*;
pub use session::*;

/// Where the contract lives under a server's origin.
pub const BASE_PATH: &str = "/sspr/v1";

/// Names of the contract's own headers, in lower case.
pub mod header {
    /// Carries the opaque flow token of a recovery; never a URL, a cookie or a log.
    pub const FLOW: &str = "sspr-flow";
    /// A UUID from the client: the same key and body within ten minutes is answered once.
    pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
    /// The token of [`super::SessionView::csrf`], on unsafe requests signed in by cookie.
    pub const CSRF: &str = "x-csrf-token";
    /// Names a request in logs and problems, so that a person can quote it.
    pub const REQUEST_ID: &str = "sspr-request-id";
}

/// Derives what every wire type has.
macro_rules! wire {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
        pub $kind $name $body
    )*};
}

/// An enum whose variants are words on the wire: the word, both ways, and the list of all. The word is matched as
/// `tt`, since utoipa does not see a `rename` inside the invisible group that `literal` makes.
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:tt,)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$vmeta])* #[cfg_attr(feature = "serde", serde(rename = $word))] $variant,)*
        }
        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word on the wire.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The value of a word; `None` for a word this version does not know.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}
pub(crate) use {wire, words};
