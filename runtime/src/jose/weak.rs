//! Recognises secrets that are publicly known.

/// A 64-bit FNV-1a hash, little-endian, of each secret of 32 bytes and more in the list of weak secrets that Wallarm
/// publishes (github.com/wallarm/jwt-secrets), sorted. A service does not need the secrets themselves.
pub(super) static PUBLIC: &[u8] = include_bytes!("weak_secrets.fnv1a");

/// Whether a secret is in a public list.
pub(super) fn is_public(secret: &[u8]) -> bool {
    let (hashes, _) = PUBLIC.as_chunks::<8>();
    hashes.binary_search_by_key(&fnv1a(secret), |hash| u64::from_le_bytes(*hash)).is_ok()
}

pub(super) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{PUBLIC, fnv1a, is_public};

    /// As the hash's authors publish it, so that the list can be made anew by other means.
    #[test]
    fn the_hash_is_fnv1a() {
        let published = [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)];
        for (text, hash) in published {
            assert_eq!(fnv1a(text.as_bytes()), hash, "{text}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_whole() {
        let (hashes, rest) = PUBLIC.as_chunks::<8>();
        assert_eq!((hashes.len(), rest.len()), (1830, 0));
        assert!(hashes.is_sorted_by_key(|hash| u64::from_le_bytes(*hash)));
        assert!(hashes.windows(2).all(|pair| pair[0] != pair[1]));
    }

    /// What examples have, and nothing but that: not with a line's end, not in part.
    #[test]
    fn secrets_of_examples_are_public() {
        let of_fastapis_tutorial = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";
        assert!(is_public(of_fastapis_tutorial.as_bytes()));
        for other in [&format!("{of_fastapis_tutorial}\r"), &of_fastapis_tutorial[1..], ""] {
            assert!(!is_public(other.as_bytes()), "{other:?}");
        }
    }
}
