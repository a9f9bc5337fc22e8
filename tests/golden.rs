//! No golden message is left out where the browser's reading is compared with the server's (`tests/json.rs`).

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

#[test]
fn every_golden_message_is_read_in_the_browser_too() {
    let compared = include_str!("json.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/core/tests/golden");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(compared.contains(&format!("\"{name}\"")), "tests/json.rs does not read {name}.json");
        found += 1;
    }
    assert!(found > 30, "{found} messages");
}
