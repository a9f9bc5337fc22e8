//! The puzzles, and their judgement. As in Hashcash (Back, 2002): to find a number whose hash begins with zero bits takes
//! many hashes, to judge it takes one. As with client puzzles (Juels and Brainard, 1999) there are several small ones in place
//! of a large one: sixteen take the same on average, and hardly anybody waits for twice as long.
//!
//! A challenge is text that its browser sends back: `bits`, the second at which it is over, 16 random bytes, and a keyed
//! hash of these, in Base64 of URLs. Its seed is its SHA-256. Puzzle `i` is solved by a number `n` where the SHA-256 of
//! seed, `i` and `n` (four bytes each, the most significant first) begins with `bits` zero bits. The answer is the challenge, a
//! point, and the numbers in the same Base64.

use crate::{Failure, MasterKey};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Puzzles of a challenge.
pub(super) const PUZZLES: u8 = 16;

const NONCE: usize = 16;
const MAC: usize = 32;

/// What a browser is asked to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// Zero bits of each puzzle.
    pub(super) bits: u8,
    /// Not after then, in seconds since 1970.
    pub(super) expires: i64,
    /// Tells it from all others.
    pub(super) nonce: [u8; NONCE],
}

impl Challenge {
    pub(super) fn write(&self, key: &MasterKey) -> Result<String, Failure> {
        let body = self.body();
        Ok(BASE64URL_NOPAD.encode(&[body.as_slice(), &mac(key, &body)?].concat()))
    }

    fn body(&self) -> Vec<u8> {
        [&[self.bits], self.expires.to_be_bytes().as_slice(), &self.nonce].concat()
    }

    /// `None` where we did not write it.
    fn read(key: &MasterKey, text: &str) -> Result<Option<Self>, Failure> {
        let Ok(bytes) = BASE64URL_NOPAD.decode(text.as_bytes()) else { return Ok(None) };
        let Some((body, given)) = bytes.split_last_chunk::<MAC>() else { return Ok(None) };
        if !bool::from(mac(key, body)?.ct_eq(given)) {
            return Ok(None);
        }
        let parts = body.split_first().and_then(|(bits, rest)| Some((*bits, rest.split_first_chunk::<8>()?)));
        let Some((bits, (expires, nonce))) = parts else { return Ok(None) };
        let Ok(nonce) = nonce.try_into() else { return Ok(None) };
        Ok(Some(Self { bits, expires: i64::from_be_bytes(*expires), nonce }))
    }
}

fn mac(key: &MasterKey, body: &[u8]) -> Result<Vec<u8>, Failure> {
    key.hash("captcha", &[body])
}

/// The nonce of the challenge that an answer solves; `None` where it solves none of ours that is still good.
pub(super) fn judge(key: &MasterKey, answer: &str, now: i64) -> Result<Option<[u8; NONCE]>, Failure> {
    let Some((text, numbers)) = answer.split_once('.') else { return Ok(None) };
    let Some(challenge) = Challenge::read(key, text)?.filter(|it| it.expires > now) else { return Ok(None) };
    let Ok(numbers) = BASE64URL_NOPAD.decode(numbers.as_bytes()) else { return Ok(None) };
    if numbers.len() != usize::from(PUZZLES) * 4 {
        return Ok(None);
    }
    let seed = Sha256::digest(text.as_bytes());
    let mut puzzles = (0_u32..).zip(numbers.chunks_exact(4));
    let solved = puzzles.all(|(puzzle, number)| {
        let hash = Sha256::new_with_prefix(seed).chain_update(puzzle.to_be_bytes()).chain_update(number);
        zero_bits(&hash.finalize()) >= u32::from(challenge.bits)
    });
    Ok(solved.then_some(challenge.nonce))
}

/// How many bits are zero before the first that is not.
fn zero_bits(hash: &[u8]) -> u32 {
    let zeros = hash.iter().take_while(|byte| **byte == 0).count();
    let next = hash.get(zeros).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeros).unwrap_or_default() * 8 + next
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn challenge(bits: u8) -> Challenge {
        Challenge { bits, expires: 1000, nonce: [3; NONCE] }
    }

    fn solve(text: &str, bits: u32) -> String {
        let seed = Sha256::digest(text.as_bytes());
        let hash = |puzzle: u32, n: u32| {
            Sha256::digest([&seed[..], &puzzle.to_be_bytes(), &n.to_be_bytes()].concat())
        };
        let number = |puzzle| (0..).find(|&n| zero_bits(&hash(puzzle, n)) >= bits).unwrap().to_be_bytes();
        let numbers: Vec<u8> = (0..u32::from(PUZZLES)).flat_map(number).collect();
        format!("{text}.{}", BASE64URL_NOPAD.encode(&numbers))
    }

    #[test]
    fn a_solution_names_its_challenge_until_its_time_is_over() {
        let key = MasterKey::new(KEY);
        let answer = solve(&challenge(6).write(&key).unwrap(), 6);
        assert_eq!(judge(&key, &answer, 999).unwrap(), Some([3; NONCE]));
        assert_eq!(judge(&key, &answer, 1000).unwrap(), None);
    }

    #[test]
    fn nobody_else_makes_a_challenge_or_changes_one() {
        let (key, other) = (MasterKey::new(KEY), MasterKey::new([8; 32]));
        let forged = solve(&challenge(1).write(&other).unwrap(), 1);
        assert_eq!(judge(&key, &forged, 0).unwrap(), None);
        let text = challenge(6).write(&key).unwrap();
        let mut bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            let changed = solve(&BASE64URL_NOPAD.encode(&bytes), 1);
            assert_eq!(judge(&key, &changed, 0).unwrap(), None, "byte {at}");
            bytes[at] ^= 1;
        }
    }

    #[test]
    fn less_work_than_asked_for_is_none() {
        let key = MasterKey::new(KEY);
        let text = challenge(12).write(&key).unwrap();
        assert_eq!(judge(&key, &solve(&text, 5), 0).unwrap(), None);
        for wrong in
            ["", ".", "a.b", &text, &format!("{text}."), &format!("{text}.AAAA"), &format!("{text}.é")]
        {
            assert_eq!(judge(&key, wrong, 0).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn zero_bits_are_counted_over_bytes() {
        assert_eq!(zero_bits(&[0x80]), 0);
        assert_eq!(zero_bits(&[0, 0x1f]), 11);
        assert_eq!(zero_bits(&[0, 0]), 16);
    }
}
