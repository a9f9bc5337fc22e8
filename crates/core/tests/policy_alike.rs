//! The server's half of "browser and server decide alike"; the browser's is `tests/policy_alike.rs` of the widget.

mod alike;

#[test]
fn the_server_decides_as_the_browser_does() {
    let (digest, states) = alike::digest();
    assert!(states.iter().all(|count| *count > alike::TRIPLES / 2), "every outcome is common: {states:?}");
    assert_eq!(digest, alike::DIGEST, "0x{digest:016X}");
}
