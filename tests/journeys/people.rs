//! The people of `tests/accounts.json` that go on journeys.

/// Everybody's password at first.
pub(crate) const OLD_PASSWORD: &str = "Old-Harbor-42";
/// A password that every policy here takes.
pub(crate) const NEW_PASSWORD: &str = "Quiet-Lagoon-97-Otter";
/// The key of everybody's authenticator app.
pub(crate) const TOTP_KEY: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// Has registered nothing.
pub(crate) const NEWCOMER: &str = "alex";
/// Has every method.
pub(crate) const WELL_PREPARED: &str = "blair";
/// Switched off by an administrator, with methods.
pub(crate) const DISABLED: &str = "casey";
/// Has registered nothing and never will.
pub(crate) const WITHOUT_METHODS: &str = "drew";
/// Registered long ago.
pub(crate) const REGISTERED_LONG_AGO: &str = "finley";
/// Locked by wrong passwords.
pub(crate) const LOCKED_OUT: &str = "gray";
/// Not in the file.
pub(crate) const UNKNOWN: &str = "nobody.at.all";

/// The private mailbox that a person registered.
pub(crate) fn home(name: &str) -> String {
    format!("{name}@home.example")
}

/// The company mailbox, where notices go.
pub(crate) fn office(name: &str) -> String {
    format!("{name}@example.org")
}

/// What a person of the file registered as answer to a question, by its text in either language.
pub(crate) fn registered_answer(question: &str) -> String {
    let known = [
        (["first partner", "最初のパートナー"], "Lisbon"),
        (["parents meet", "ご両親が出会った"], "Kyoto"),
        (["dish", "料理"], "Ramen noodles"),
        (["first pet", "最初に飼ったペット"], "Biscuit"),
        (["hero", "憧れの人"], "Ada Lovelace"),
    ];
    let found = known.iter().find(|(words, _)| words.iter().any(|word| question.contains(word)));
    found.map(|(_, answer)| (*answer).to_owned()).unwrap_or_else(|| panic!("an unknown question: {question}"))
}
