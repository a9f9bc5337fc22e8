//! The browser's half of "browser and server decide alike"; the server's is `policy_alike` of `sspr-core`.

#![cfg(target_arch = "wasm32")]

#[path = "../crates/core/tests/alike/mod.rs"]
mod alike;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_browser_decides_as_the_server_does() {
    let (digest, states) = alike::digest();
    assert!(states.iter().all(|count| *count > alike::TRIPLES / 2), "every outcome is common: {states:?}");
    assert_eq!(digest, alike::DIGEST, "0x{digest:016X}");
}
