//! `/session`: who is signed in. Signing in by it is for the demonstration and for servers that have no other
//! sign-in; elsewhere a reverse proxy's header or a bearer token says who it is, and `GET /session` reports it.

use super::wire;
use crate::Secret;

wire! {
    /// `POST /session`.
    pub struct SignIn {
        /// User name or e-mail address.
        pub identifier: String,
        /// The password.
        pub password: Secret,
    }

    /// The answer of `GET /session` and `POST /session`.
    #[derive(Default)]
    pub struct SessionView {
        /// Whether somebody is signed in.
        pub signed_in: bool,
        /// A name to greet.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub display_name: Option<String>,
        /// The identifier of the account.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub identifier: Option<String>,
        /// For the header `X-CSRF-Token` of unsafe requests, where the session is a cookie.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub csrf: Option<String>,
        /// Seconds for which sensitive changes need no new proof; 0 means that they ask for one.
        pub fresh_for: u32,
    }

    /// `POST /me/reauthenticate`: prove again who is sitting there.
    pub struct Reauthenticate {
        /// The current password.
        pub password: Secret,
    }

    /// `PUT /me/password`.
    pub struct ChangePassword {
        /// The password to replace.
        pub current_password: Secret,
        /// The new one, in Unicode NFC.
        pub new_password: Secret,
        /// Whether to end the person's other sessions.
        pub end_other_sessions: bool,
    }

    /// The answer of `PUT /me/password`.
    pub struct PasswordChanged {
        /// Whether this session goes on.
        pub signed_in: bool,
        /// How many other sessions were ended.
        pub ended_sessions: u32,
    }
}
