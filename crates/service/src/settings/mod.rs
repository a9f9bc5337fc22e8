//! What an administrator decides. Each section is one file; defaults follow Microsoft's SSPR where it has them.

mod check;
mod limits;
mod password;
mod password_policy;
mod policy;

pub use check::SettingsMistake;
pub use limits::{Limits, Lockout, Session};
pub use password::{ClassCountSetting, Hashing, Password, PasswordMode, PatternSetting, TermListSetting};
pub use policy::{Enabled, Policy};

use serde::{Deserialize, Serialize};

/// Everything the rules depend on. The server reads it from `[policy]`, `[password]`, `[limits]` … of its file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Who may recover, and by what.
    pub policy: Policy,
    /// What a password must be.
    pub password: Password,
    /// How often and how long.
    pub limits: Limits,
    /// The lock that wrong passwords cause.
    pub lockout: Lockout,
    /// Sessions of the server's own sign-in.
    pub session: Session,
    /// Names and addresses that people see.
    pub organisation: Organisation,
    /// Page addresses that mailed links may open; the first is the default. Without any, mails carry no link.
    pub pages: Vec<String>,
}

/// Names and addresses that people see.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// The name in messages and in authenticator apps. Default `Accounts`.
    pub name: String,
    /// The helpdesk, an `https:` or `mailto:` address. Default none.
    pub helpdesk: Option<String>,
    /// The sign-in page. Default none.
    pub sign_in: Option<String>,
    /// The name in a mailed link's fragment, `#<name>=<token>`. Default `sspr`.
    pub link_param: String,
}

impl Default for Organisation {
    fn default() -> Self {
        Self { name: "Accounts".into(), helpdesk: None, sign_in: None, link_param: "sspr".into() }
    }
}
