//! Addresses and numbers with most of them hidden, in a form that does not tell their length.

use sspr_core::wire::MethodKind;

/// `a…o@e…e.org` of an address, and the last two digits, `…78`, of a number.
pub(crate) fn mask(kind: MethodKind, value: &str) -> String {
    if kind == MethodKind::Phone {
        let tail: Vec<char> = value.chars().rev().take(2).collect();
        return std::iter::once('…').chain(tail.into_iter().rev()).collect();
    }
    let (local, domain) = value.split_once('@').unwrap_or((value, ""));
    let (name, ending) = domain.rsplit_once('.').unwrap_or((domain, ""));
    format!("{}@{}.{ending}", ends(local), ends(name))
}

fn ends(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.next_back()) {
        (Some(first), Some(last)) => format!("{first}…{last}"),
        (Some(first), None) => format!("{first}…"),
        _ => "…".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_shows_ends_and_hides_length() {
        assert_eq!(mask(MethodKind::Email, "antonio@example.org"), "a…o@e…e.org");
        assert_eq!(mask(MethodKind::Email, "ao@example.org"), "a…o@e…e.org");
        assert_eq!(mask(MethodKind::Phone, "+819012345678"), "…78");
    }
}
