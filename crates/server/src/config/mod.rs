//! The configuration: one TOML file, read at start, with every mistake reported by its line.

mod check;
mod database_url;
mod deliverable;
mod directory;
pub mod fuzzing;
mod key_file;
mod lines;
mod mistake;
mod read;
mod secrets;
mod sections;

pub use database_url::{DatabaseUrl, PostgresUrl};
pub use directory::{DirectoryKind, DirectorySection, LdapSection};
pub use key_file::{KeyError, KeyFile};
pub use mistake::{Mistake, Mistakes};
pub use secrets::{SecretError, load_or_create_key, load_secret};
pub use sections::*;

use sspr_service::Settings;
use std::path::{Path, PathBuf};

/// Everything that is configured.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `[server]`
    pub server: ServerSection,
    /// `[database]`
    pub database: DatabaseSection,
    /// `[directory]`
    pub directory: DirectorySection,
    /// `[log]`
    pub log: LogSection,
    /// `[smtp]`
    pub smtp: SmtpSection,
    /// `[gateway]`
    pub gateway: GatewaySection,
    /// `[revocation]`
    pub revocation: RevocationSection,
    /// `[breached]`
    pub breached: BreachedSection,
    /// `[captcha]`
    pub captcha: CaptchaSection,
    /// `[identity]`
    pub identity: IdentitySection,
    /// The sections of the rules: policy, password, limits and so on.
    pub settings: Settings,
}

impl Config {
    /// Reads a file. Paths in it are relative to its folder.
    pub fn load(path: &Path) -> Result<Self, Mistakes> {
        let text = std::fs::read_to_string(path).map_err(|error| Mistakes::unreadable(path, &error))?;
        let mut config = Self::parse(&text, path)?;
        config.resolve(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// Reads a text; `path` only names it in mistakes.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Mistakes> {
        let lines = lines::Lines::of(text).map_err(|error| Mistakes::syntax(path, text, &error))?;
        let (config, mut mistakes) = read::read(&lines);
        if let Some(config) = &config {
            mistakes.extend(config.mistakes());
        }
        match config {
            Some(config) if mistakes.is_empty() => Ok(config),
            _ => Err(Mistakes::at_lines(path, mistakes, &lines)),
        }
    }

    /// All that is wrong with the values.
    pub fn mistakes(&self) -> Vec<Mistake> {
        check::check(self)
    }

    fn resolve(&mut self, folder: &Path) {
        let optional = [
            &mut self.server.static_dir,
            &mut self.database.password_file,
            &mut self.smtp.ca_file,
            &mut self.smtp.password_file,
            &mut self.gateway.ca_file,
            &mut self.gateway.token_file,
            &mut self.revocation.ca_file,
            &mut self.revocation.secret_file,
            &mut self.breached.ca_file,
            &mut self.captcha.ca_file,
            &mut self.captcha.secret_file,
        ];
        let token =
            self.identity.token.iter_mut().flat_map(|token| [&mut token.jwks_file, &mut token.ca_file]);
        let ldap = self.directory.ldap.iter_mut();
        let ldap = ldap.flat_map(|ldap| [&mut ldap.ca_file, &mut ldap.bind_password_file]);
        let optional = optional.into_iter().chain(token).chain(ldap).filter_map(Option::as_mut);
        let paths: Vec<&mut PathBuf> =
            [&mut self.server.secret_key_file].into_iter().chain(optional).collect();
        for path in paths {
            *path = folder.join(&*path);
        }
        self.database.url.resolve(folder);
    }
}
