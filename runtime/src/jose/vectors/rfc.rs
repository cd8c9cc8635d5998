//! The examples of RFC 7515, RFC 7520 and RFC 8037.

use serde_json::Value;

use super::vectors;
use crate::jose::{
    algorithm::Algorithm,
    error::{JwsError, KeyError},
    tests::{ring, verify},
    verification_key::VerificationKey,
};

/// RustCrypto alone has no P-521.
const ES512: Result<Algorithm, JwsError> =
    if cfg!(feature = "aws_lc_rs") { Ok(Algorithm::ES512) } else { Err(JwsError::Algorithm) };

/// The algorithm of each example, or why it is refused.
const EXAMPLES: [(&str, Result<Algorithm, JwsError>); 21] = [
    ("rfc7515_A.1", Ok(Algorithm::HS256)),
    ("rfc7515_A.2", Ok(Algorithm::RS256)),
    ("rfc7515_A.3", Ok(Algorithm::ES256)),
    ("rfc7515_A.4", ES512),
    // `none`
    ("rfc7515_A.5", Err(JwsError::Algorithm)),
    ("rfc7520_4.1", Ok(Algorithm::RS256)),
    ("rfc7520_4.2", Ok(Algorithm::PS384)),
    ("rfc7520_4.3", ES512),
    ("rfc7520_4.4", Ok(Algorithm::HS256)),
    // Detached content: the payload is missing.
    ("rfc7520_4.5", Err(JwsError::Signature)),
    ("rfc8037_A.4", Ok(Algorithm::EdDSA)),
    ("cookbook/4_1.rsa_v15_signature.json", Ok(Algorithm::RS256)),
    ("cookbook/4_2.rsa-pss_signature.json", Ok(Algorithm::PS384)),
    ("cookbook/4_3.ecdsa_signature.json", ES512),
    ("cookbook/4_4.hmac-sha2_integrity_protection.json", Ok(Algorithm::HS256)),
    ("cookbook/4_5.signature_with_detached_content.json", Err(JwsError::Signature)),
    // Only in JSON serialisation, which is not supported.
    ("cookbook/4_6.protecting_specific_header_fields.json", Err(JwsError::Malformed)),
    ("cookbook/4_7.protecting_content_only.json", Err(JwsError::Malformed)),
    ("cookbook/4_8.multiple_signatures.json", Err(JwsError::Malformed)),
    ("cookbook/4.2.hmac-sha2_b64_false.json", Err(JwsError::Malformed)),
    // RFC 7797: `b64` is critical and not supported, and neither is a payload with spaces.
    ("cookbook/hmac-sha2_b64_false.json", Err(JwsError::Header)),
];

/// The example's key, bound to `algorithm`, without its private members.
fn public_key(algorithm: Algorithm, key: &Value) -> Result<VerificationKey, KeyError> {
    let mut key = key.clone();
    if let Some(members) = key.as_object_mut() {
        members.retain(|name, _| !["d", "p", "q", "dp", "dq", "qi"].contains(&&**name));
    }
    VerificationKey::from_jwk(algorithm, &key.to_string())
}

#[test]
fn examples_of_the_rfcs_have_the_expected_verdicts() {
    let Some(vectors) = vectors("rfc/rfc_jws.json") else { return };
    let vectors = vectors.as_array().unwrap();
    assert_eq!(vectors.len(), EXAMPLES.len());
    for (vector, (name, expected)) in vectors.iter().zip(EXAMPLES) {
        assert_eq!(vector["name"], name);
        let (token, key) = (vector["token"].as_str().map(str::to_owned), &vector["key"]);
        let token = token.unwrap_or_else(|| vector["json"].to_string());
        match expected {
            Ok(algorithm) => assert_accepted(name, &token, algorithm, key),
            Err(because) => {
                let keys = Algorithm::ALL.into_iter().filter_map(|algorithm| public_key(algorithm, key).ok());
                let keys: Vec<_> = keys.collect();
                assert!(because != JwsError::Algorithm || keys.is_empty(), "{name}");
                assert_eq!(verify(&ring(keys), &token), Err(because), "{name}");
            }
        }
        if key["kty"] != "oct" {
            for algorithm in Algorithm::ALL {
                assert!(VerificationKey::from_jwk(algorithm, &key.to_string()).is_err(), "{name} {algorithm}");
            }
        }
    }
}

/// Each text verifies with its algorithm and no other, and only unchanged.
#[track_caller]
fn assert_accepted(name: &str, token: &str, algorithm: Algorithm, key: &Value) {
    let its = ring([public_key(algorithm, key).unwrap()]);
    assert_eq!(verify(&its, token), Ok(()), "{name}");
    for other in Algorithm::ALL.into_iter().filter(|other| *other != algorithm) {
        let Ok(key) = public_key(other, key) else { continue };
        assert_eq!(verify(&ring([key]), token), Err(JwsError::Algorithm), "{name} {other}");
    }
    let (message, signature) = token.rsplit_once('.').unwrap();
    for at in (0..signature.len() - 1).step_by(17) {
        let other = if signature[at..].starts_with('A') { "B" } else { "A" };
        let forged = format!("{message}.{}{other}{}", &signature[..at], &signature[at + 1..]);
        assert_eq!(verify(&its, &forged), Err(JwsError::Signature), "{name} {at}");
    }
    assert_eq!(verify(&its, &format!("{message}.")), Err(JwsError::Signature), "{name}");
}
