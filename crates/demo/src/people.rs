//! The people of the demonstration: `tests/accounts.json`, which `sspr-server user import` reads too.

use crate::texts::Language;
use serde::Deserialize;

const ACCOUNTS: &str = include_str!("../../../tests/accounts.json");

/// A person to try.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Person {
    /// What they sign in with.
    pub(crate) username: String,
    /// Their password, which is no secret here.
    pub(crate) password: String,
    /// Full name.
    pub(crate) display_name: String,
}

/// The administrator, who is shown the panel.
pub(crate) const ADMINISTRATOR: &str = "emery";

/// What is special about whom, in English and Japanese. Whoever is not here serves the tests and is not shown.
const ABOUT: [(&str, &str, &str); 9] = [
    (
        "alex",
        "New here: has to register ways to prove who they are.",
        "入社したばかりで、これから本人確認の方法を登録します。",
    ),
    (
        "blair",
        "Has everything: mail, phone, authenticator app, recovery codes, security questions.",
        "メール、電話、認証アプリ、リカバリーコード、秘密の質問をすべて登録済みです。",
    ),
    (
        "kit",
        "Has mail and a phone: both gates can be passed on this page.",
        "メールと電話を登録済みで、このページだけで再設定を体験できます。",
    ),
    (
        "finley",
        "Registered long ago: is asked whether everything is still right.",
        "登録が古いため、内容がまだ正しいか確認を求められます。",
    ),
    (
        "gray",
        "Is locked out: can unlock the account and keep the password.",
        "ロックされています。パスワードを変えずに解除できます。",
    ),
    (
        "emery",
        "Administrator: always two proofs, and never security questions.",
        "管理者です。必ず 2 つの方法で確認し、秘密の質問は使えません。",
    ),
    ("haru", "Gets messages in Japanese.", "メッセージが日本語で届きます。"),
    (
        "casey",
        "Is switched off by an administrator. From outside it looks like anybody else.",
        "管理者により無効化されています。外からは他のアカウントと区別できません。",
    ),
    (
        "drew",
        "Never registered anything: cannot reset, and nobody can tell from outside.",
        "何も登録していないため再設定できませんが、外からは分かりません。",
    ),
];

impl Person {
    /// What is special about them.
    pub(crate) fn about(&self, language: Language) -> &'static str {
        let found = ABOUT.iter().find(|(name, ..)| *name == self.username);
        found.map_or("", |(_, english, japanese)| match language {
            Language::English => english,
            Language::Japanese => japanese,
        })
    }
}

/// The people to show, in the order of the list above.
pub(crate) fn shown() -> Vec<Person> {
    let people: Vec<Person> = serde_json::from_str(ACCOUNTS).unwrap_or_default();
    let named = |name: &str| people.iter().find(|person| person.username == name).cloned();
    ABOUT.iter().filter_map(|(name, ..)| named(name)).collect()
}

/// Everybody, with what they registered, as the service takes them over.
#[cfg(target_arch = "wasm32")]
pub(crate) fn accounts() -> serde_json::Result<Vec<sspr_service::ImportedAccount>> {
    serde_json::from_str(ACCOUNTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_who_is_described_is_in_the_file() {
        let shown: Vec<_> = shown().into_iter().map(|person| person.username).collect();
        assert_eq!(shown, ABOUT.map(|(name, ..)| name));
    }

    #[test]
    fn who_is_shown_the_panel_is_an_administrator() {
        let people: Vec<serde_json::Value> = serde_json::from_str(ACCOUNTS).expect("JSON");
        let administrator = people.iter().find(|person| person["username"] == ADMINISTRATOR);
        assert_eq!(administrator.map(|person| &person["admin"]), Some(&serde_json::Value::Bool(true)));
    }
}
