//! How much work one estimate may be.

/// Steps of the walks over words that an estimate may take for every character analysed. A step is one node looked
/// at. The full English file takes about 60 for what people type and 1,100 for `1` alone, its worst (it may be `i`
/// and `l` as well); beyond are several large lists at once, and lists made for the purpose.
pub(super) const WALK: usize = 2_000;

/// Matches of words that an estimate may find.
pub(super) const MATCHES: usize = 8_192;

/// Most parts that the search puts together. Four parts cost at least 10,000³ guesses, which is score 4, so the
/// bound never changes a score; a password of 40 characters rarely has more than ten parts.
pub(super) const PARTS: usize = 24;

/// Steps that no estimate exceeds for a password of `length` characters, of which 256 count. What repeats is
/// analysed like a password of its own; all such parts together, with those inside them, are at most as long as the
/// password, and share its walks and matches.
pub const fn most_steps(length: usize) -> usize {
    let length = if length > 256 { 256 } else { length };
    let squared = length * length;
    // A walk may go over its end by what one node takes.
    let walks = length * WALK + 4096;
    // Repeats compare every two characters; the other matchers look at each character a few times.
    let patterns = 4 * squared + 16 * length;
    // Every beginning of a last part by brute force, and every match, with every number of parts before it.
    let search = (squared + 2 * length + MATCHES + 8 * length) * PARTS;
    walks + patterns + search
}

/// Counts the steps of one estimate.
pub(super) struct Steps {
    /// Of all kinds.
    pub(super) taken: usize,
    /// Steps of walks that are left.
    walk: usize,
    /// Matches that are left.
    matches: usize,
}

impl Steps {
    pub(super) fn new(length: usize) -> Self {
        Self { taken: 0, walk: length * WALK, matches: MATCHES }
    }

    /// Takes steps of a walk; `false` once there are none left.
    pub(super) fn walk(&mut self, steps: usize) -> bool {
        self.taken += steps;
        self.walk = self.walk.saturating_sub(steps);
        self.walk > 0
    }

    /// Takes a match; `false` once there are none left.
    pub(super) fn found(&mut self) -> bool {
        self.matches = self.matches.saturating_sub(1);
        self.matches > 0
    }
}
