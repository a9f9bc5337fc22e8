//! How far a new password is from the current one: characters to replace, add or leave out (Levenshtein distance),
//! where only a change form knows the current one. Marks and case count as differences.

/// Characters of each that are compared.
const COMPARED: usize = 256;

/// The distance between two passwords.
pub(super) fn distance(current: &str, password: &[char]) -> usize {
    let password = &password[..password.len().min(COMPARED)];
    let mut row: Vec<usize> = (0..=password.len()).collect();
    for (line, old) in current.chars().take(COMPARED).enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (at, new) in password.iter().enumerate() {
            let replaced = diagonal + usize::from(old != *new);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[password.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    fn between(current: &str, password: &str) -> usize {
        distance(current, &password.chars().collect::<Vec<_>>())
    }

    #[test]
    fn replaced_added_and_missing_characters_count_one_each() {
        assert_eq!(between("Winter2025!", "Winter2026!"), 1);
        assert_eq!(between("kitten", "sitting"), 3);
        assert_eq!(between("", "日本"), 2);
        assert_eq!(between("日本", ""), 2);
        assert_eq!(between("same", "same"), 0);
    }

    #[test]
    fn the_work_is_bounded_however_long_they_are() {
        assert_eq!(between(&"a".repeat(100_000), &"b".repeat(100_000)), 256);
    }
}
