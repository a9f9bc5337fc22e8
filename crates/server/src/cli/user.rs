//! `sspr-server user`: accounts of the local directory.

use super::{Trouble, arguments::PersonArguments, output};
use crate::{backend::Backend, config::Config};
use sspr_core::Secret;
use sspr_service::import;
use std::{
    io::{self, BufRead, IsTerminal},
    path::Path,
};

pub(super) async fn add(config: Config, person: PersonArguments) -> Result<(), Trouble> {
    let password = password()?;
    let username = person.username.clone();
    let backend = Backend::open(&config).await?;
    let account = import::Account {
        username: person.username,
        email: person.email,
        display_name: person.name,
        locale: person.locale,
        groups: person.groups,
        admin: person.admin,
        disabled: person.disabled,
        password: Some(password),
        methods: Vec::new(),
    };
    backend.service.import(vec![account]).await?;
    backend.store.close().await;
    output::line(&format!("added {username}"))
}

pub(super) async fn import(config: Config, file: &Path) -> Result<(), Trouble> {
    let name = file.display();
    let text =
        std::fs::read(file).map_err(|error| Trouble::usage(format_args!("cannot read {name}: {error}")))?;
    let accounts: Vec<import::Account> =
        serde_json::from_slice(&text).map_err(|error| Trouble::usage(format_args!("{name}: {error}")))?;
    let backend = Backend::open(&config).await?;
    let added = backend.service.import(accounts).await?;
    backend.store.close().await;
    output::line(&format!("added {added} accounts"))
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
