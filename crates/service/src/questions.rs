//! Security questions: the predefined list, and how answers are compared.

use crate::{Failure, MasterKey, notify, password::Hasher};
use sspr_core::{
    Secret,
    wire::{Question, QuestionAnswer},
};
use unicode_normalization::UnicodeNormalization;

/// Fewest and most characters of an answer (Microsoft Entra).
pub(crate) const MIN_ANSWER: u8 = 3;
pub(crate) const MAX_ANSWER: u8 = 40;

/// Names of the questions; their texts are in the catalogs under `question.<name>`.
pub(crate) const QUESTIONS: &[&str] = &[
    "partner_city",
    "parents_city",
    "sibling_city",
    "father_city",
    "first_job_city",
    "mother_city",
    "new_year_2000",
    "high_school_teacher",
    "other_college",
    "wedding_venue",
    "father_middle",
    "food",
    "maternal_grandmother",
    "mother_middle",
    "oldest_sibling_birth",
    "oldest_sibling_middle",
    "paternal_grandfather",
    "youngest_sibling_middle",
    "sixth_grade",
    "childhood_friend",
    "first_love",
    "grade_school_teacher",
    "first_vehicle",
    "first_school",
    "birth_hospital",
    "first_street",
    "hero",
    "stuffed_animal",
    "first_pet",
    "nickname",
    "sport",
    "first_job",
    "childhood_phone",
    "ambition",
    "famous_person",
];

/// A question in a language.
pub(crate) fn question(id: &str, locale: &str) -> Question {
    Question { id: id.to_owned(), text: notify::text(locale, &format!("question.{id}"), &[]) }
}

/// An answer without case, width and spaces.
pub(crate) fn normalise(answer: &Secret) -> Secret {
    let folded = answer.expose().nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    Secret::new(folded.take(256).collect::<String>())
}

/// What is hashed of an answer: worthless without the key of the installation.
pub(crate) fn keyed(key: &MasterKey, question: &str, answer: &Secret) -> Result<Secret, Failure> {
    let hash = key.hash("answer", &[question.as_bytes(), normalise(answer).expose().as_bytes()])?;
    Ok(Secret::new(data_encoding::HEXLOWER.encode(&hash)))
}

/// What is kept of an answer: Argon2id over a keyed hash, as a PHC string.
pub(crate) fn hash(key: &MasterKey, hasher: &Hasher, answer: &QuestionAnswer) -> Result<String, Failure> {
    hasher.hash(&keyed(key, &answer.question, &answer.answer)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_and_spaces_of_an_answer_do_not_matter() {
        assert_eq!(normalise(&" New  YORK".into()).expose(), normalise(&"ｎｅｗ york".into()).expose());
    }

    #[test]
    fn every_question_has_a_text() {
        assert_eq!(QUESTIONS.len(), 35);
        assert!(QUESTIONS.iter().all(|id| question(id, "ja").text.ends_with('。')));
    }
}
