//! The widget reads JSON by the browser and the server by serde: both must read the same from the golden messages.

#![cfg(target_arch = "wasm32")]

use sspr_core::{policy::PasswordPolicy, wire::*};
use sspr_widget::backend::read;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

macro_rules! read_alike {
    ($($test:ident: $message:ty, $read:path, [$($file:literal),*];)*) => {$(
        #[wasm_bindgen_test]
        fn $test() {
            for (name, text) in [$(($file, include_str!(concat!("../crates/core/tests/golden/", $file, ".json")))),*] {
                let parsed = js_sys::JSON::parse(text).expect(name);
                let by_serde: $message = serde_json::from_str(text).expect(name);
                assert_eq!($read(&parsed), Some(by_serde), "{name}");
            }
        }
    )*};
}

read_alike! {
    descriptions_are_read_alike: Description, read::description, ["description", "description-least"];
    flows_are_read_alike: FlowView, read::flow_view, [
        "flow-choose", "flow-choose-second-gate", "flow-challenge-email", "flow-challenge-voice",
        "flow-challenge-totp", "flow-challenge-questions", "flow-set-password", "flow-unlock", "flow-done"
    ];
    links_are_read_alike: LinkView, read::link_view, ["link"];
    ends_are_read_alike: RecoveryDone, read::done, ["recovery-done", "recovery-done-unlock"];
    sessions_are_read_alike: SessionView, read::session_view, ["session", "session-anonymous"];
    policies_are_read_alike: PasswordPolicy, read::policy, [
        "password-policy", "password-policy-nist", "password-policy-full"
    ];
    changes_are_read_alike: PasswordChanged, read::password_changed, ["password-changed"];
    lists_are_read_alike: MethodList, read::method_list, ["method-list", "method-list-due"];
    added_methods_are_read_alike: AddedMethod, read::added_method, [
        "added-email", "added-phone", "added-totp", "added-recovery-codes", "added-questions"
    ];
    policies_of_administrators_are_read_alike: AdminPolicy, read::admin_policy, ["admin-policy"];
    reports_are_read_alike: AdminReport, read::admin_report, ["report"];
    lookups_are_read_alike: LookedUp, read::looked_up, ["looked-up", "looked-up-nobody"];
    problems_are_read_alike: Problem, read::problem, [
        "problem-code-incorrect", "problem-flow-gone", "problem-internal", "problem-malformed",
        "problem-password-rejected", "problem-rate-limited", "problem-value-rejected", "problem-wrong-state"
    ];
}

fn parse(text: &str) -> JsValue {
    js_sys::JSON::parse(text).expect("JSON")
}

#[wasm_bindgen_test]
fn kinds_of_a_later_version_are_left_out() {
    let text = include_str!("../crates/core/tests/golden/flow-choose.json");
    let known = read::flow_view(&parse(text)).expect("a flow").methods.len();
    let more = text.replacen("\"methods\": [", "\"methods\": [{\"id\": \"p\", \"kind\": \"passkey\"},", 1);
    assert_ne!(more, text, "the message has a list of methods");
    assert_eq!(read::flow_view(&parse(&more)).expect("a flow").methods.len(), known);
}

#[wasm_bindgen_test]
fn what_is_no_message_is_not_read() {
    for text in
        ["null", "1", "\"text\"", "[]", "{}", "{\"state\": 1}", "{\"state\": \"choose\", \"intent\": {}}"]
    {
        let value = parse(text);
        assert_eq!(read::flow_view(&value), None, "{text}");
        assert_eq!(read::description(&value), None, "{text}");
        assert_eq!(read::problem(&value), None, "{text}");
        assert_eq!(read::method_list(&value), None, "{text}");
    }
}
