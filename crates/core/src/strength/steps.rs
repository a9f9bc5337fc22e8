//! How much work one estimate may be.

/// Steps of the walks over words that an estimate may take for every character analysed. A step is one node looked
/// at. The full English file takes about 60 for what people type and 1,100 for `1` alone, its worst (it may be `i`
/// and `l` as well); beyond are several large lists at once, and lists made for the purpose.
pub(super) const WALK: usize = 2_000;

/// Most matches of one analysis.
pub(super) const MATCHES: usize = 8_192;

/// Most parts that the search puts together. Four parts cost at least 10,000³ guesses, which is score 4, so the
/// bound never changes a score; a password of 40 characters rarely has more than ten parts.
pub(super) const PARTS: usize = 24;

/// Steps that no estimate exceeds for a password of `length` characters (of which 256 count): the walks; the search,
/// whose steps are a beginning and a number of parts for every end (`length²/2 · PARTS`) and for every match; and as
/// much again at most for what repeats, since the parts that repeat are together at most half as long.
pub const fn most_steps(length: usize) -> usize {
    let length = if length > 256 { 256 } else { length };
    let search = (length * length / 2 + length + MATCHES) * PARTS;
    length * (WALK + 4 * length) + 2 * search + 4096
}

/// Counts the steps of one estimate.
pub(super) struct Steps {
    /// Of all kinds.
    pub(super) taken: usize,
    /// Of walks that are left.
    pub(super) walk: usize,
}

impl Steps {
    pub(super) fn new(length: usize) -> Self {
        Self { taken: 0, walk: length * WALK }
    }

    /// Takes steps of a walk; `false` once there are none left.
    pub(super) fn walk(&mut self, steps: usize) -> bool {
        self.taken += steps;
        self.walk = self.walk.saturating_sub(steps);
        self.walk > 0
    }
}
