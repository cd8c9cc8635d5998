//! The public list of weak secrets.

use std::fs;

use super::directory;
use crate::jose::{error::KeyError, hmac_key::HmacKey, weak};

#[test]
fn no_public_secret_is_a_key() {
    let Some(vectors) = directory() else { return };
    let list = fs::read(vectors.join("weak-secrets/jwt.secrets.list")).unwrap();
    let list = list.strip_suffix(b"\n").unwrap();
    let (mut hashes, mut count) = (Vec::new(), 0);
    for line in list.split(|byte| *byte == b'\n') {
        // The lines of the list end with both.
        let secret = line.strip_suffix(b"\r").unwrap();
        let because = if secret.len() < 32 { KeyError::TooShort } else { KeyError::Public };
        assert_eq!(HmacKey::new(secret).unwrap_err(), because, "{}", secret.escape_ascii());
        if secret.len() >= 32 {
            hashes.push(weak::fnv1a(secret));
        }
        count += 1;
    }
    assert_eq!(count, 103_979);
    hashes.sort_unstable();
    hashes.dedup();
    let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    assert!(bytes == weak::PUBLIC, "the list has other secrets");
}
