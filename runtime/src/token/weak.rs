//! Secrets that everybody knows.

/// A 64-bit FNV-1a hash, little-endian, of each secret of 32 bytes and more in the list of weak secrets that Wallarm
/// publishes (github.com/wallarm/jwt-secrets), sorted. Hashes, because nobody needs the list itself in a service.
static PUBLIC: &[u8] = include_bytes!("weak_secrets.fnv1a");

/// Whether a secret is in a public list.
pub(super) fn is_public(secret: &[u8]) -> bool {
    let (hashes, _) = PUBLIC.as_chunks::<8>();
    hashes.binary_search_by_key(&fnv1a(secret), |hash| u64::from_le_bytes(*hash)).is_ok()
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
