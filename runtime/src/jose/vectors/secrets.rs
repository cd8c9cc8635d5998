//! The public list of weak secrets. Those of less than 32 bytes are left out, because their length refuses them.

use std::fs;

use super::directory;
use crate::jose::{error::KeyError, hmac_key::HmacKey, weak};

#[test]
fn no_public_secret_is_a_key() {
    let Some(vectors) = directory() else { return };
    let list = fs::read(vectors.join("weak-secrets/jwt.secrets.list")).unwrap();
    let list = list.strip_suffix(b"\n").unwrap();
    let mut hashes = Vec::new();
    for line in list.split(|byte| *byte == b'\n') {
        // The lines of the list end with both.
        let secret = line.strip_suffix(b"\r").unwrap();
        assert_eq!(HmacKey::new(secret).unwrap_err(), KeyError::Public, "{}", secret.escape_ascii());
        hashes.push(weak::fnv1a(secret));
    }
    assert_eq!(hashes.len(), 1886);
    hashes.sort_unstable();
    hashes.dedup();
    let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    assert!(bytes == weak::PUBLIC, "the list has other secrets");
}
