//! Accounts and passwords in an LDAP directory, behind the service's [`Directory`](sspr_service::Directory).
//!
//! What every LDAP server has in common (connections, searches, how an entry becomes an account) is apart from what
//! OpenLDAP alone does (the Password Modify operation and the password policy overlay, in [`OpenLdap`]), so that
//! another kind of server is one more file.

mod connection;
mod entry;
mod filter;
mod groups;
mod openldap;
mod policy;
mod pool;
mod ppolicy;
mod settings;

pub use openldap::OpenLdap;
pub use settings::{Attributes, Groups, Settings};
