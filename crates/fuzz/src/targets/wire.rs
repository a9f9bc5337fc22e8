//! Every type of the contract: what is read, written and read again is the same.

use crate::reader::Reader;
use serde::{Serialize, de::DeserializeOwned};
use sspr_core::{policy::PasswordPolicy, wire::*};
use std::fmt::Debug;

fn both_ways<T: DeserializeOwned + Serialize + PartialEq + Debug>(data: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(data) else { return };
    let written = serde_json::to_vec(&read).expect("what was read can be written");
    let again: T = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(read, again);
}

macro_rules! types {
    ($($name:ty),* $(,)?) => { &[$(both_ways::<$name> as fn(&[u8])),*] };
}

const TYPES: &[fn(&[u8])] = types![
    Description,
    StartRecovery,
    FlowView,
    SendChallenge,
    VerifyChallenge,
    LinkToken,
    LinkView,
    SetPassword,
    RecoveryDone,
    SignIn,
    SessionView,
    Reauthenticate,
    ChangePassword,
    PasswordChanged,
    MethodList,
    AddMethod,
    AddedMethod,
    VerifyMethod,
    ResendCode,
    UpdateMethod,
    PasswordPolicy,
    Problem,
];

pub(crate) fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    let kind = reader.one(TYPES);
    kind(reader.rest());
}
