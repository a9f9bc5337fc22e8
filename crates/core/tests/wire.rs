//! The golden messages: what serde reads and writes is exactly what the files say, member by member. The
//! widget's tests read the same files with its hand-written JSON reading.
#![cfg(feature = "serde")]

use serde::{Serialize, de::DeserializeOwned};
use sspr_core::policy::*;
use sspr_core::wire::*;
use std::{collections::BTreeSet, fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Parses the file as `T`, writes it again, and reads that again.
fn holds<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str) {
    let text = fs::read_to_string(folder().join(name)).expect(name);
    let message: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let golden: serde_json::Value = serde_json::from_str(&text).expect(name);
    let written = serde_json::to_value(&message).expect(name);
    assert_eq!(written, golden, "{name}");
    assert_eq!(serde_json::from_value::<T>(written).expect(name), message, "{name}");
}

#[test]
fn every_golden_message_is_read_and_written_alike() {
    for entry in fs::read_dir(folder()).expect("the folder of golden messages") {
        let name = entry.expect("a file").file_name().into_string().expect("an ASCII name");
        match name.split(['-', '.']).next().unwrap_or_default() {
            "admin" => holds::<AdminPolicy>(&name),
            "looked" => holds::<LookedUp>(&name),
            "report" => holds::<AdminReport>(&name),
            "added" => holds::<AddedMethod>(&name),
            "description" => holds::<Description>(&name),
            "flow" => holds::<FlowView>(&name),
            "link" => holds::<LinkView>(&name),
            "method" => holds::<MethodList>(&name),
            "password" if name == "password-changed.json" => holds::<PasswordChanged>(&name),
            "password" => holds::<PasswordPolicy>(&name),
            "problem" => holds::<Problem>(&name),
            "recovery" => holds::<RecoveryDone>(&name),
            "session" => holds::<SessionView>(&name),
            _ => panic!("{name}: no wire type is known for this file"),
        }
    }
}

#[test]
fn the_flow_files_cover_every_state() {
    let files = fs::read_dir(folder())
        .expect("the folder of golden messages")
        .map(|entry| entry.expect("a file").path());
    let flows =
        files.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("flow-")));
    let seen: BTreeSet<FlowState> = flows
        .map(|path| {
            serde_json::from_str::<FlowView>(&fs::read_to_string(path).expect("text")).expect("a flow").state
        })
        .collect();
    assert_eq!(seen, FlowState::ALL.iter().copied().collect());
}

#[test]
fn a_problem_file_has_the_status_of_its_code() {
    for entry in fs::read_dir(folder()).expect("the folder of golden messages") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        if let Ok(problem) = serde_json::from_str::<Problem>(&text) {
            assert_eq!(problem.status, problem.code.status(), "{}", path.display());
        }
    }
}

#[test]
fn members_that_this_version_does_not_know_are_ignored() {
    let view: LinkView =
        serde_json::from_str(r#"{"intent":"reset","expires_in":1,"later":{"a":[1]}}"#).expect("read");
    assert_eq!(view, LinkView { intent: Intent::Reset, expires_in: 1 });
}

/// The word that an enum travels as is the word that its own functions say.
macro_rules! words_agree {
    ($($name:ty),*) => {$(
        for value in <$name>::ALL {
            assert_eq!(serde_json::to_value(value).expect("a word"), value.word());
            assert_eq!(<$name>::from_word(value.word()), Some(*value));
        }
        assert_eq!(<$name>::from_word("no-such-word"), None);
    )*};
}

#[test]
fn words_are_the_same_for_serde_and_for_the_widget() {
    words_agree!(
        CharacterClass,
        AllowedCharacters,
        Matching,
        Fold,
        PersonalMatch,
        Rule,
        IdentifierKind,
        MethodKind,
        ChallengeKind,
        Intent,
        FlowState,
        PhoneChannel,
        OfferRefusal,
        PolicyScope,
        LookupReason,
        ProblemCode
    );
}
