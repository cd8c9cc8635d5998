//! The text of a token: made of random numbers, and checked before the store is asked.

use zeroize::Zeroizing;

use super::{
    super::{random, store::Digest},
    crc32::crc32,
};
use crate::{jose::provider::sha256, token::error::TokenError};

/// About 178 bits.
const RANDOM: usize = 30;
const CHECKSUM: usize = 6;
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The largest multiple of 62 that fits into a byte. Larger bytes are dropped, because their remainders would make some characters
/// likelier than others.
const FAIR: u8 = 248;

pub(super) fn may_be_prefix(prefix: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=32).contains(&prefix.len()) && prefix.bytes().all(is_good)
}

/// A new token.
pub(super) fn random(prefix: &str) -> Result<Zeroizing<String>, getrandom::Error> {
    let mut characters = Zeroizing::new(String::with_capacity(RANDOM));
    while characters.len() < RANDOM {
        let bytes = random::bytes::<64>()?;
        let fair = bytes.iter().filter(|byte| **byte < FAIR);
        let missing = RANDOM - characters.len();
        characters.extend(fair.take(missing).map(|byte| character(u32::from(*byte))));
    }
    // The whole length at once, so that no copy of it stays behind.
    let mut token = Zeroizing::new(String::with_capacity(prefix.len() + RANDOM + CHECKSUM));
    token.push_str(prefix);
    token.push_str(&characters);
    token.extend(checksum(characters.as_bytes()));
    Ok(token)
}

fn character(number: u32) -> char {
    char::from(ALPHABET[(number % 62) as usize])
}

/// The CRC-32 in base62, with zeros in front.
fn checksum(random: &[u8]) -> [char; CHECKSUM] {
    let crc = crc32(random);
    [5, 4, 3, 2, 1, 0].map(|place| character(crc / 62_u32.pow(place)))
}

/// Whether the text can be one of these tokens.
pub(super) fn check(prefix: &str, text: &str) -> Result<(), TokenError> {
    let rest = text.strip_prefix(prefix).ok_or(TokenError::NotMine)?.as_bytes();
    let (random, sum) = rest.split_at_checked(RANDOM).ok_or(TokenError::Malformed)?;
    let is_right = sum.len() == CHECKSUM
        && random.iter().all(u8::is_ascii_alphanumeric)
        && checksum(random).iter().zip(sum).all(|(expected, found)| *expected == char::from(*found));
    if is_right { Ok(()) } else { Err(TokenError::Malformed) }
}

/// What the store learns.
pub(super) fn digest(token: &str) -> Digest {
    sha256(&[token.as_bytes()])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{TokenError, check, may_be_prefix, random};

    /// A token of GitHub's documentation.
    #[test]
    fn the_checksum_is_that_of_github() {
        assert_eq!(check("ghp_", "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"), Ok(()));
    }

    #[test]
    fn a_text_with_a_mistake_is_no_token() {
        let good = "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";
        for at in 4..good.len() {
            for byte in [b'0', b'Z', b'x', b'_', b' ', b'.', 0, 0x7f] {
                let mut text = good.as_bytes().to_vec();
                if text[at] == byte {
                    continue;
                }
                text[at] = byte;
                let text = String::from_utf8(text).unwrap_or_default();
                assert_eq!(check("ghp_", &text), Err(TokenError::Malformed), "{text}");
            }
        }
        let e = "\u{e9}".repeat(18);
        for text in ["ghp_", &good[..39], &format!("{good}0"), &format!("{good}="), &format!("ghp_{e}")] {
            assert_eq!(check("ghp_", text), Err(TokenError::Malformed), "{text}");
        }
        for text in ["", "ghp", "GHP_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", "eyJhbGciOiJIUzI1NiJ9.e30.AA"] {
            assert_eq!(check("ghp_", text), Err(TokenError::NotMine), "{text}");
        }
    }

    /// With 60,000 characters, each of the 62 comes up 968 times on average, with a standard deviation of 31. A byte modulo 62 would
    /// make 8 of them come up 1,172 times.
    #[test]
    #[expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` without random numbers")]
    fn characters_are_equally_likely() -> Result<(), getrandom::Error> {
        let (mut counts, mut tokens) = ([0_u32; 128], HashSet::new());
        for _ in 0..2_000 {
            let token = random("p_")?;
            assert_eq!((token.len(), check("p_", &token)), (38, Ok(())));
            token[2..32].bytes().for_each(|byte| counts[usize::from(byte)] += 1);
            assert!(tokens.insert(token.as_str().to_owned()));
        }
        let used: Vec<_> = counts.into_iter().filter(|count| *count > 0).collect();
        assert_eq!(used.len(), 62);
        assert!(used.iter().all(|count| (780..1_160).contains(count)), "{used:?}");
        let first = used[..8].iter().sum::<u32>();
        assert!((7_300..8_200).contains(&first), "8 characters came up {first} times, where 7,742 are expected");
        Ok(())
    }

    #[test]
    fn a_prefix_is_a_part_of_any_token() {
        for (prefix, expected) in [
            ("acme_", true),
            ("a", true),
            ("acme-pat_", true),
            ("", false),
            ("a b", false),
            ("a.", false),
            ("\u{e9}_", false),
            (&"a".repeat(33), false),
        ] {
            assert_eq!(may_be_prefix(prefix), expected, "{prefix:?}");
        }
    }
}
