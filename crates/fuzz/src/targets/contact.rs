//! Identifiers and contacts: folded twice is folded once, and what is shown of a contact is short.

use sspr_core::{Secret, wire::MethodKind};
use sspr_service::fuzzing::{answer, code, contact, identifier, mask};

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let folded = identifier(text);
    assert_eq!(identifier(&folded), folded, "an identifier folded twice");
    for kind in [MethodKind::Email, MethodKind::Phone] {
        let Some(kept) = contact(kind, text) else { continue };
        assert_eq!(contact(kind, &kept).as_ref(), Some(&kept), "a contact folded twice");
        assert!(!kept.contains(char::is_control), "a contact holds a control character");
        let shown = mask(kind, &kept);
        assert!(shown.contains('…'), "{shown}");
    }
    let typed = Secret::new(text);
    assert!(code(&typed).expose().chars().count() <= 64);
    assert!(answer(&typed).expose().chars().count() <= 256);
}
