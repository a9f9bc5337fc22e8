//! What is refused before anything is sent, and the form in which values travel. The server checks again.

use sspr_core::wire::{QuestionAnswer, QuestionPool};

/// Most characters of a name that a person gives a method.
pub const MAX_LABEL: usize = 40;

/// A mistake that shows without asking the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing was typed.
    Empty,
    /// Not an e-mail address.
    Email,
    /// The number lacks `+` and the country code.
    CountryCode,
    /// Not a telephone number.
    Phone,
    /// The name is longer than [`MAX_LABEL`] characters.
    Label,
    /// The code has too few or too many digits.
    CodeLength(u8),
    /// The recovery codes were not confirmed as saved.
    NotSaved,
    /// Nothing was chosen in this row (from 0).
    QuestionMissing(usize),
    /// The question of this row was chosen before.
    QuestionTwice(usize),
    /// The answer of this row is too short or too long.
    AnswerLength(usize),
}

/// An e-mail address without the spaces around it. Only its shape is looked at: the mailed code is the proof.
/// At most 254 octets (RFC 5321 §4.5.3.1.3 less the angle brackets).
pub(super) fn email(typed: &str) -> Result<String, Mistake> {
    let address = typed.trim();
    if address.is_empty() {
        return Err(Mistake::Empty);
    }
    let shaped = address.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    if !shaped || address.len() > 254 || address.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Mistake::Email);
    }
    Ok(address.to_owned())
}

/// A number as `+` and 7 to 15 digits (E.164 allows no more). Full-width digits, spaces, hyphens, dots, brackets
/// and the dialling prefix `00` are forgiven; a number without a country code is not guessed at.
pub(super) fn phone(typed: &str) -> Result<String, Mistake> {
    let mut number = String::new();
    for c in typed.trim().chars() {
        match c {
            '+' | '\u{ff0b}' if number.is_empty() => number.push('+'),
            '0'..='9' => number.push(c),
            '\u{ff10}'..='\u{ff19}' => number.extend(char::from_u32(c as u32 - 0xff10 + '0' as u32)),
            ' '
            | '\u{3000}'
            | '\u{a0}'
            | '-'
            | '\u{2010}'..='\u{2015}'
            | '\u{2212}'
            | '\u{ff0d}'
            | '\u{30fc}'
            | '.'
            | '('
            | ')'
            | '/' => {}
            _ => return Err(Mistake::Phone),
        }
    }
    if let Some(rest) = number.strip_prefix("00") {
        number = format!("+{rest}");
    }
    let digits = match number.strip_prefix('+') {
        Some(digits) => digits,
        None if number.is_empty() => return Err(Mistake::Empty),
        None => return Err(Mistake::CountryCode),
    };
    // No country code begins with 0 (E.164), so this is a national number with a `+` before it.
    if digits.starts_with('0') {
        return Err(Mistake::CountryCode);
    }
    if !(7..=15).contains(&digits.len()) {
        return Err(Mistake::Phone);
    }
    Ok(number)
}

/// A name for a method; `None` where it was left empty.
pub(super) fn label(typed: &str) -> Result<Option<String>, Mistake> {
    let name = typed.trim();
    if name.chars().count() > MAX_LABEL {
        return Err(Mistake::Label);
    }
    Ok((!name.is_empty()).then(|| name.to_owned()))
}

/// A code has as many digits as were sent; spaces and hyphens do not count.
pub(super) fn code(typed: &str, length: u8) -> Result<(), Mistake> {
    let signs = typed.chars().filter(|c| c.is_alphanumeric()).count();
    match signs {
        0 => Err(Mistake::Empty),
        n if n == usize::from(length) => Ok(()),
        _ => Err(Mistake::CodeLength(length)),
    }
}

/// The first mistake in a form of questions, from the top.
pub(super) fn questions(answers: &[QuestionAnswer], pool: &QuestionPool) -> Result<(), Mistake> {
    for (row, given) in answers.iter().enumerate() {
        if !pool.questions.iter().any(|question| question.id == given.question) {
            return Err(Mistake::QuestionMissing(row));
        }
        if answers.iter().take(row).any(|earlier| earlier.question == given.question) {
            return Err(Mistake::QuestionTwice(row));
        }
        let length = given.answer.expose().trim().chars().count();
        if !(usize::from(pool.min_answer)..=usize::from(pool.max_answer)).contains(&length) {
            return Err(Mistake::AnswerLength(row));
        }
    }
    if answers.len() < usize::from(pool.register) {
        return Err(Mistake::QuestionMissing(answers.len()));
    }
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_may_be_written_as_people_write_it() {
        for typed in [
            "+81 90-1234-5678",
            "＋８１　９０ー１２３４ー５６７８",
            "0081 90 1234 5678",
            "+81 (90) 1234.5678",
        ] {
            assert_eq!(phone(typed).as_deref(), Ok("+819012345678"), "{typed}");
        }
    }

    #[test]
    fn a_national_number_is_asked_for_its_country_code() {
        assert_eq!(phone("090-1234-5678"), Err(Mistake::CountryCode));
        assert_eq!(phone("+090-1234-5678"), Err(Mistake::CountryCode));
        assert_eq!(phone("call me"), Err(Mistake::Phone));
        assert_eq!(phone("+81"), Err(Mistake::Phone));
        assert_eq!(phone("  "), Err(Mistake::Empty));
    }

    #[test]
    fn an_address_is_only_looked_at_for_its_shape() {
        assert_eq!(email(" ada@example.org ").as_deref(), Ok("ada@example.org"));
        assert_eq!(email("花子@例え.jp").as_deref(), Ok("花子@例え.jp"));
        for typed in ["ada", "ada@", "@example.org", "ada@example", "ada@example.", "a da@example.org"] {
            assert_eq!(email(typed), Err(Mistake::Email), "{typed}");
        }
    }

    #[test]
    fn a_code_may_be_typed_in_groups() {
        assert_eq!(code("123 456", 6), Ok(()));
        assert_eq!(code("12345", 6), Err(Mistake::CodeLength(6)));
        assert_eq!(code(" - ", 6), Err(Mistake::Empty));
    }

    #[test]
    fn a_long_name_is_refused_and_an_empty_one_is_none() {
        assert_eq!(label("  "), Ok(None));
        assert_eq!(label(&"名".repeat(MAX_LABEL)).map(|name| name.is_some()), Ok(true));
        assert_eq!(label(&"x".repeat(MAX_LABEL + 1)), Err(Mistake::Label));
    }

    proptest! {
        #[test]
        fn an_accepted_number_is_a_plus_and_digits(typed in "\\PC{0,24}") {
            if let Ok(number) = phone(&typed) {
                let digits = number.strip_prefix('+').expect("a plus");
                prop_assert!((7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
                prop_assert_eq!(phone(&number), Ok(number.clone()));
            }
        }

        #[test]
        fn no_text_makes_the_checks_panic(typed in "\\PC{0,60}") {
            let _ = (email(&typed), label(&typed), code(&typed, 6));
        }
    }
}
