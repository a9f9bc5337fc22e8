//! `sspr-server user`: accounts of the local directory.

use super::{Trouble, arguments::PersonArguments, output};
use crate::{
    clock::SystemClock,
    config::{Config, DirectoryKind, load_or_create_key},
    store::SqlStore,
};
use sspr_core::Secret;
use sspr_service::{Clock, ImportReport, ImportedAccount, broken_rules, import_accounts, nfc};
use std::{
    io::{self, BufRead, IsTerminal},
    path::Path,
};

pub(super) async fn add(config: Config, person: PersonArguments) -> Result<(), Trouble> {
    let password = password()?;
    let password = nfc(&password);
    let broken = broken_rules(&config.settings.password.policy(), &password, None, SystemClock.now());
    if !broken.is_empty() {
        let rules: Vec<&str> = broken.iter().map(|violation| violation.rule.word()).collect();
        let rules = rules.join(", ");
        return Err(Trouble::usage(format_args!(
            "the password breaks the policy ({rules}); nothing was added"
        )));
    }
    let account = ImportedAccount {
        username: person.username,
        email: person.email,
        display_name: person.name,
        locale: person.locale,
        groups: person.groups,
        admin: person.admin,
        disabled: person.disabled,
        password: Some(password),
        locked_until: None,
        methods: Vec::new(),
    };
    tell(write(&config, &[account]).await?)
}

pub(super) async fn import(config: Config, file: &Path) -> Result<(), Trouble> {
    let name = file.display();
    let text =
        std::fs::read(file).map_err(|error| Trouble::usage(format_args!("cannot read {name}: {error}")))?;
    let accounts: Vec<ImportedAccount> =
        serde_json::from_slice(&text).map_err(|error| Trouble::usage(format_args!("{name}: {error}")))?;
    tell(write(&config, &accounts).await?)
}

async fn write(config: &Config, accounts: &[ImportedAccount]) -> Result<ImportReport, Trouble> {
    if config.directory.kind != DirectoryKind::Local {
        let what =
            "accounts are made in the directory that directory.kind names, not here; nothing was added";
        return Err(Trouble::usage(what));
    }
    let key = load_or_create_key(&config.server.secret_key_file)?;
    let store = SqlStore::open(&config.database).await?;
    store.check_key(&key).await?;
    let report = import_accounts(&store, &config.settings, &key, &SystemClock, accounts).await;
    store.close().await;
    Ok(report)
}

/// Says what was added; what was not makes the command fail.
fn tell(report: ImportReport) -> Result<(), Trouble> {
    for name in &report.added {
        output::line(&format!("added {name}"))?;
    }
    let taken = report.taken.iter().map(|name| format!("{name} or its e-mail address is there already"));
    let failed = report.failed.iter().map(|(name, why)| format!("{name} was not added: {why}"));
    let troubles: Vec<String> = taken.chain(failed).collect();
    if troubles.is_empty() { Ok(()) } else { Err(Trouble { sentence: troubles.join("\n"), code: 1 }) }
}

/// Never an argument: those can be read by every user of the machine, and the shell remembers them.
fn password() -> Result<Secret, Trouble> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        let password = Secret::new(line.trim_end_matches(['\r', '\n']));
        return if password.is_empty() {
            Err(Trouble::usage("the standard input holds no password"))
        } else {
            Ok(password)
        };
    }
    let first = rpassword::prompt_password("Password: ")?;
    let second = rpassword::prompt_password("Once more: ")?;
    if first.is_empty() || first != second {
        return Err(Trouble::usage("the two passwords differ or are empty; nothing was added"));
    }
    Ok(Secret::new(first))
}
