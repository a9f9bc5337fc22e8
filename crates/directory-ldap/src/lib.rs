//! Accounts and passwords in an LDAP directory, behind the service's [`Directory`](sspr_service::Directory).
//!
//! What every LDAP server has in common (connections, searches, how a person is found and checked) is apart from what
//! each kind does in its own way: `openldap` (the Password Modify operation and the password policy overlay) and
//! `active_directory` (`unicodePwd`, fine-grained policies). Another kind of server is one more folder.

mod active_directory;
mod connection;
mod entry;
mod filter;
pub mod fuzzing;
mod look;
mod openldap;
mod people;
mod policies;
mod pool;
mod settings;

pub use look::{LookError, Rights, Seen};
pub use people::LdapDirectory;
pub use settings::{Attributes, Groups, Settings};
