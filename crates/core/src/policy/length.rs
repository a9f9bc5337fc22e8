//! Length in three units. Characters are Unicode code points: one code point is one character (NIST SP 800-63B-4
//! §3.1.1.2). Code points ≤ UTF-16 units ≤ bytes of UTF-8, so a least length needs no other unit; a most length may,
//! where the store counts otherwise (Active Directory UTF-16 units, bcrypt 72 bytes).

/// A count of characters, as policies say it.
pub(super) fn count(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}

/// UTF-16 code units.
pub(super) fn utf16(password: &str) -> u32 {
    count(password.chars().map(char::len_utf16).sum())
}

/// Bytes of UTF-8.
pub(super) fn bytes(password: &str) -> u32 {
    count(password.len())
}

#[cfg(test)]
mod tests {
    use super::{bytes, utf16};

    #[test]
    fn a_key_sign_is_two_units_and_four_bytes_and_a_kanji_one_unit_and_three() {
        assert_eq!((utf16("🔑"), bytes("🔑")), (2, 4));
        assert_eq!((utf16("日"), bytes("日")), (1, 3));
    }
}
