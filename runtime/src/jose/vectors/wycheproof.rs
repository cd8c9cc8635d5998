//! Project Wycheproof's vectors of JSON Web Signatures, Keys and Encryption.

use serde_json::Value;

use super::{list, vectors};
use crate::jose::{
    algorithm::Algorithm,
    key_ring::KeyRing,
    tests::{self, ED25519, ring},
    verification_key::VerificationKey,
};

/// The results that differ from `result`, by `tcId`.
const SIGNATURE_EXCEPTIONS: [(u64, &str); 8] = [
    (346, "the key says that it is for PS256, the token is signed with PS384"),
    (347, "ES512, which is not offered; and the key has `ES521`, which is no algorithm"),
    (350, "as 346"),
    (351, "as 347"),
    (367, "byte for byte the token of 357, which is valid: its padding got lost"),
    (370, "as 367"),
    (372, "has `?` in its header, which is not base64url"),
    (373, "has `?` in its payload"),
];

/// Encrypted tokens (RFC 7516) are not supported, even valid ones.
const CRYPTO_EXCEPTIONS: [(u64, &str); 2] = [(50, "encrypted, with A256KW"), (67, "encrypted, with ECDH-ES+A128KW")];

/// The algorithm that a service configures for a key: the one that the key names, or else the one of its type and curve.
fn algorithm(key: &Value) -> Option<Algorithm> {
    let text = |name: &str| key[name].as_str().unwrap_or_default();
    Algorithm::from_name(text("alg")).or_else(|| match (text("kty"), text("crv")) {
        ("oct", _) => Some(Algorithm::HS256),
        ("RSA", _) => Some(Algorithm::RS256),
        ("EC", "P-256") => Some(Algorithm::ES256),
        ("EC", "P-384") => Some(Algorithm::ES384),
        ("EC", "P-521") => Some(Algorithm::ES512),
        _ => None,
    })
}

/// A ring with the keys of a group, if they are valid.
fn ring_of(group: &Value) -> KeyRing {
    let key = if group["public"].is_null() { &group["private"] } else { &group["public"] };
    let keys = if key["keys"].is_array() {
        let mut algorithms: Vec<_> = list(key, "keys").iter().filter_map(algorithm).collect();
        algorithms.dedup();
        VerificationKey::from_jwks(&algorithms, &key.to_string()).unwrap_or_default()
    } else {
        let key = algorithm(key).and_then(|algorithm| VerificationKey::from_jwk(algorithm, &key.to_string()).ok());
        key.into_iter().collect()
    };
    ring(keys)
}

fn is_signed(ring: &KeyRing, test: &Value) -> bool {
    tests::verify(ring, &token(test)).is_ok()
}

/// A string, or an object in JSON serialisation.
fn token(test: &Value) -> String {
    let token = test.get("jws").or(test.get("jwe")).unwrap();
    token.as_str().map_or_else(|| token.to_string(), str::to_owned)
}

/// Checks all vectors in the file. Only the exceptions have another result.
#[track_caller]
fn assert_as_expected(file: &str, count: usize, exceptions: &[(u64, &str)]) {
    let Some(vectors) = vectors(&format!("wycheproof/{file}")) else { return };
    let (mut seen, mut differ) = (0, Vec::new());
    for group in list(&vectors, "testGroups") {
        let ring = ring_of(group);
        for test in list(group, "tests") {
            seen += 1;
            let is_valid = test["result"] == "valid";
            // Verify again, because a known header is not parsed.
            for _ in 0..2 {
                if is_signed(&ring, test) != is_valid {
                    differ.push(test["tcId"].as_u64().unwrap());
                }
            }
        }
    }
    differ.dedup();
    assert_eq!(seen, count);
    assert_eq!(differ, exceptions.iter().map(|(id, _)| *id).collect::<Vec<_>>());
}

#[test]
fn signatures_have_the_expected_verdicts() {
    assert_as_expected("json_web_signature_test.json", 401, &SIGNATURE_EXCEPTIONS);
}

#[test]
fn keys_have_the_expected_verdicts() {
    assert_as_expected("json_web_key_test.json", 26, &[]);
}

#[test]
fn algorithms_have_the_expected_verdicts() {
    assert_as_expected("json_web_crypto_test.json", 83, &CRYPTO_EXCEPTIONS);
}

/// Neither their keys nor their form is for signatures.
#[test]
fn encrypted_tokens_are_refused() {
    let Some(vectors) = vectors("wycheproof/json_web_encryption_test.json") else { return };
    let ours = VerificationKey::from_jwk(Algorithm::EdDSA, ED25519).unwrap();
    let (ours, mut seen) = (ring([ours]), 0);
    for group in list(&vectors, "testGroups") {
        for key in [&group["private"], &group["public"]].map(Value::to_string) {
            for algorithm in Algorithm::ALL {
                assert!(VerificationKey::from_jwk(algorithm, &key).is_err(), "{algorithm} {key}");
            }
        }
        for test in list(group, "tests") {
            seen += 1;
            assert!(!is_signed(&ours, test), "{test}");
            assert!(!is_signed(&ring_of(group), test), "{test}");
        }
    }
    assert_eq!(seen, 139);
}
