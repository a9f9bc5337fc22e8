//! One target a file.

pub(crate) mod config;
pub(crate) mod contact;
pub(crate) mod flows;
pub(crate) mod jwt;
pub(crate) mod key_file;
pub(crate) mod ldap;
pub(crate) mod locale;
pub(crate) mod pattern;
pub(crate) mod people;
pub(crate) mod problem;
pub(crate) mod request;
pub(crate) mod smtp;
pub(crate) mod wire;
