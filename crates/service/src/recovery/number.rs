//! The whole number of a phone, typed before something is sent to it: who found an unlocked account cannot make somebody's phone
//! ring. What is answered never tells whether it was right, nor whether there is a phone, so nobody learns a number by trying.

use super::record::Record;
use crate::{Failure, Service, method_data::MethodData};
use sspr_core::{
    Secret,
    wire::{ChallengeKind, MethodKind, MethodOption},
};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Fewest and most digits of a number (ITU-T E.164 has 15 at most; people add the digits by which they call abroad).
const DIGITS: std::ops::RangeInclusive<usize> = 6..=20;

impl Service {
    /// Whether a number has to be typed before this kind is sent.
    pub(super) fn asks_for_number(&self, kind: ChallengeKind) -> bool {
        self.settings.policy.confirm_phone_number && kind.method() == MethodKind::Phone
    }

    /// Whether something may be sent to the phone of an option: its number was typed, now or when it was chosen before. Each
    /// typed number is counted like a wrong code, right or wrong, until a recovery ends well.
    pub(super) async fn number_is_right(
        &self,
        record: &mut Record,
        option: &MethodOption,
        typed: Option<&Secret>,
        data: &MethodData,
    ) -> Result<bool, Failure> {
        if !option.number {
            return Ok(true);
        }
        let Some(typed) = typed else {
            let before = record.numbers.get(&option.id).copied();
            return before.ok_or(Failure::ValueRejected { pointer: "/number" });
        };
        let typed = digits(typed.expose());
        if !DIGITS.contains(&typed.len()) {
            return Err(Failure::ValueRejected { pointer: "/number" });
        }
        let counted = self.count_number(&record.identifier, &record.subject).await?;
        let kept = digits(data.value.as_deref().unwrap_or_default());
        // Of keyed hashes, so that not even its length shows in the time.
        let hash = |digits: &[u8]| self.key.hash("typed-number", &[digits]);
        let right = bool::from(hash(&typed)?.ct_eq(&hash(&kept)?)) && counted;
        record.numbers.insert(option.id.clone(), right);
        Ok(right)
    }
}

/// The digits, in those of ASCII.
fn digits(text: &str) -> Zeroizing<Vec<u8>> {
    use unicode_normalization::UnicodeNormalization;
    Zeroizing::new(text.nfkc().filter(char::is_ascii_digit).map(|digit| digit as u8).collect())
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn what_people_put_between_digits_is_ignored() {
        for typed in [
            "+81 (90) 1234-0001",
            "819012340001",
            "＋８１・９０−１２３４ー０００１",
            "\u{202a}+81 90 12340001\u{202c}",
        ] {
            assert_eq!(*digits(typed), b"819012340001", "{typed}");
        }
    }
}
