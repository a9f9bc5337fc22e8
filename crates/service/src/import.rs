//! Accounts from a file, with methods that count as proved.

use crate::{
    Clock, Failure, MasterKey, Settings, Store, code,
    enrollment::contact,
    fold::fold,
    method_data::{KeptAnswer, MethodData, printed_hash},
    password::{Hasher, change::nfc},
    questions,
    store::{AccountRow, MethodRow},
    token, totp,
};
use jiff::Timestamp;
use serde::Deserialize;
use sspr_core::{
    Secret,
    wire::{MethodKind, QuestionAnswer},
};

/// One account of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedAccount {
    /// User name.
    pub username: String,
    /// Mailbox.
    pub email: Option<String>,
    /// Full name.
    pub display_name: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    /// Groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Administrator.
    #[serde(default)]
    pub admin: bool,
    /// Switched off.
    #[serde(default)]
    pub disabled: bool,
    /// Password; none can sign in only after a reset.
    pub password: Option<Secret>,
    /// Locked until then.
    pub locked_until: Option<Timestamp>,
    /// Registered methods.
    #[serde(default)]
    pub methods: Vec<ImportedMethod>,
}

/// A method of an imported account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedMethod {
    /// What it is.
    pub kind: MethodKind,
    /// Address or number.
    pub value: Option<String>,
    /// The person's own name for it.
    pub label: Option<String>,
    /// The app's secret in base32.
    pub secret: Option<Secret>,
    /// Printed codes.
    #[serde(default)]
    pub codes: Vec<Secret>,
    /// Answers to questions.
    #[serde(default)]
    pub answers: Vec<ImportedAnswer>,
    /// Whether it is the default.
    #[serde(default)]
    pub primary: bool,
    /// When the person last said that it is right; now unless said.
    pub confirmed_at: Option<Timestamp>,
}

/// An answer of an imported account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedAnswer {
    /// Name of the question.
    pub question: String,
    /// The answer.
    pub answer: Secret,
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// User names that were added.
    pub added: Vec<String>,
    /// User names that were there already, or whose address was.
    pub taken: Vec<String>,
    /// User names that failed, and why.
    pub failed: Vec<(String, String)>,
}

/// Adds accounts that are not there yet. One that fails does not stop the others.
pub async fn import_accounts(
    store: &dyn Store,
    settings: &Settings,
    key: &MasterKey,
    clock: &dyn Clock,
    accounts: &[ImportedAccount],
) -> ImportReport {
    let mut report = ImportReport::default();
    for account in accounts {
        let name = account.username.clone();
        match import(store, settings, key, clock, account).await {
            Ok(true) => report.added.push(name),
            Ok(false) => report.taken.push(name),
            Err(error) => report.failed.push((name, error.to_string())),
        }
    }
    report
}

async fn import(
    store: &dyn Store,
    settings: &Settings,
    key: &MasterKey,
    clock: &dyn Clock,
    account: &ImportedAccount,
) -> Result<bool, Failure> {
    let now = clock.now();
    if fold(&account.username).is_empty() {
        return Err(Failure::ValueRejected { pointer: "/username" });
    }
    if account.methods.iter().filter(|it| it.primary).count() > 1 {
        return Err(Failure::ValueRejected { pointer: "/methods" });
    }
    let hasher = Hasher::new(settings.password.hashing);
    let row = AccountRow {
        id: token::id()?,
        username: fold(&account.username),
        email: account.email.as_deref().map(fold),
        display_name: account.display_name.clone(),
        locale: account.locale.clone(),
        groups: account.groups.clone(),
        admin: account.admin,
        disabled: account.disabled,
        password_hash: account.password.as_ref().map(|it| hasher.hash(&nfc(it))).transpose()?,
        password_history: Vec::new(),
        password_changed_at: account.password.as_ref().map(|_| now),
        failed_sign_ins: 0,
        locked_until: account.locked_until,
        version: 0,
    };
    // Everything is made before anything is written, so that a mistake leaves no half account.
    let marked = account.methods.iter().any(|it| it.primary);
    let mut methods = Vec::new();
    for (index, it) in account.methods.iter().enumerate() {
        let mut method = method(key, &hasher, &row.id, it, now)?;
        method.primary = it.primary || (!marked && index == 0);
        methods.push(method);
    }
    if !store.insert_account(&row).await? {
        return Ok(false);
    }
    for method in &methods {
        store.insert_method(method).await?;
    }
    Ok(true)
}

fn method(
    key: &MasterKey,
    hasher: &Hasher,
    account: &str,
    it: &ImportedMethod,
    now: Timestamp,
) -> Result<MethodRow, Failure> {
    let id = token::id()?;
    usable(it)?;
    let mut data = MethodData::default();
    if matches!(it.kind, MethodKind::Email | MethodKind::Phone) {
        data.value = Some(contact(it.kind, it.value.as_deref().unwrap_or_default())?);
    }
    data.totp = it.secret.as_ref().map(|it| it.expose().to_owned());
    for code in &it.codes {
        data.codes.push(printed_hash(key, account, code::normalise(code).expose())?);
    }
    for answer in &it.answers {
        let question = answer.question.clone();
        if !questions::QUESTIONS.contains(&question.as_str()) {
            return Err(Failure::ValueRejected { pointer: "/answers" });
        }
        let given = QuestionAnswer { question: question.clone(), answer: answer.answer.clone() };
        data.answers.push(KeptAnswer { question, hash: questions::hash(key, hasher, &given)? });
    }
    Ok(MethodRow {
        sealed: data.seal(key, &id)?,
        account: account.to_owned(),
        kind: it.kind,
        value_hash: data.value.as_ref().map(|it| key.hash("contact", &[it.as_bytes()])).transpose()?,
        label: it.label.clone(),
        verified: true,
        primary: false,
        created_at: it.confirmed_at.unwrap_or(now),
        last_used_at: None,
        confirmed_at: Some(it.confirmed_at.unwrap_or(now)),
        version: 0,
        id,
    })
}

/// Refuses a method by which nobody could ever prove themselves, before the person finds out. Addresses and numbers are
/// looked at where they are folded.
fn usable(it: &ImportedMethod) -> Result<(), Failure> {
    let rejected = |pointer| Err(Failure::ValueRejected { pointer });
    match it.kind {
        MethodKind::Totp if !it.secret.as_ref().is_some_and(|it| totp::is_secret(it.expose())) => {
            rejected("/secret")
        }
        MethodKind::RecoveryCodes
            if it.codes.is_empty() || it.codes.iter().any(|it| code::normalise(it).is_empty()) =>
        {
            rejected("/codes")
        }
        MethodKind::Questions
            if it.answers.is_empty()
                || it.answers.iter().any(|it| questions::normalise(&it.answer).is_empty()) =>
        {
            rejected("/answers")
        }
        _ => Ok(()),
    }
}
