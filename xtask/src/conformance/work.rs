//! The work that a start may ask for, done as the contract describes it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What describe calls it.
pub(super) const PROVIDER: &str = "proof-of-work";

/// Most work that is done for a check: 64 puzzles of 22 bits.
const MOST: (u64, u64) = (64, 22);

/// Solves the puzzles of `GET /captcha`.
pub(super) fn solution(challenge: &Value) -> Result<String, String> {
    let text = challenge["challenge"].as_str().ok_or("the challenge has no text")?;
    let number = |name: &str| challenge[name].as_u64().ok_or_else(|| format!("the challenge has no {name}"));
    let (puzzles, bits) = (number("puzzles")?, number("bits")?);
    if puzzles > MOST.0 || bits > MOST.1 {
        return Err(format!("{puzzles} puzzles of {bits} bits keep people waiting"));
    }
    let seed = Sha256::digest(text);
    let mut numbers = Vec::new();
    for puzzle in 0..u32::try_from(puzzles).unwrap_or_default() {
        let solves = |number: &u32| {
            let hash = Sha256::new_with_prefix(seed)
                .chain_update(puzzle.to_be_bytes())
                .chain_update(number.to_be_bytes());
            let first: [u8; 4] = std::array::from_fn({
                let hash = hash.finalize();
                move |at| hash[at]
            });
            u64::from(u32::from_be_bytes(first).leading_zeros()) >= bits
        };
        numbers.extend((0..u32::MAX).find(solves).ok_or("a puzzle has no solution")?.to_be_bytes());
    }
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(numbers)))
}
