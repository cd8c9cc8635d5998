//! A target that reads keys in every form. A plain check has to accept the same keys.

use axum_scopes::jose::{Algorithm, KeyError, VerificationKey};
use data_encoding::BASE64;

use crate::oracle;

const ALGORITHMS: [Algorithm; 12] = [
    Algorithm::HS256,
    Algorithm::HS384,
    Algorithm::HS512,
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The first byte chooses one algorithm or all, and the second the form of the remaining bytes.
pub fn keys(data: &[u8]) {
    let [algorithm, form, rest @ ..] = data else { return };
    let one = ALGORITHMS.get(usize::from(*algorithm) % 13).copied();
    let first = one.unwrap_or(Algorithm::RS256);
    let algorithms: &[Algorithm] = one.as_ref().map_or(&ALGORITHMS, std::slice::from_ref);
    let text = str::from_utf8(rest);
    match (form % 4, text) {
        (0, Ok(jwk)) => jwk_agrees(first, jwk),
        (1, Ok(set)) => set_agrees(algorithms, set),
        (2, Ok(pem)) => pem_agrees(first, pem),
        (3, _) => der_agrees(first, rest),
        _ => (),
    }
}

fn named(key: &VerificationKey) -> oracle::keys::Named {
    (key.algorithm().name().to_owned(), key.kid().map(str::to_owned))
}

fn jwk_agrees(algorithm: Algorithm, jwk: &str) {
    let expected = oracle::keys::of_key(algorithm.name(), jwk);
    match VerificationKey::from_jwk(algorithm, jwk) {
        Ok(key) => assert_eq!(Some(named(&key)), expected, "{jwk}"),
        Err(error) => assert!(expected.is_none() || is_weak(&error), "{error}: {jwk}"),
    }
}

fn set_agrees(algorithms: &[Algorithm], set: &str) {
    let names: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
    let expected = oracle::keys::of_set(&names, set);
    match VerificationKey::from_jwks(algorithms, set) {
        Ok(keys) => assert_eq!(Some(keys.iter().map(named).collect()), expected, "{set}"),
        Err(error) => assert!(expected.is_none() || is_weak(&error), "{error}: {set}"),
    }
}

/// Whether only a list of known bad keys can explain the refusal.
fn is_weak(error: &KeyError) -> bool {
    matches!(error, KeyError::Public | KeyError::Factorable)
}

/// RFC 7468 §2 and §13: an accepted text is one block with this label, and contains a key in DER.
fn pem_agrees(algorithm: Algorithm, pem: &str) {
    if VerificationKey::from_pem(algorithm, pem).is_err() {
        return;
    }
    let (_, block) = pem.split_once("-----BEGIN PUBLIC KEY-----").expect("a label");
    let (block, _) = block.split_once("-----END PUBLIC KEY-----").expect("a label at the end");
    let text: String = block.split_ascii_whitespace().collect();
    let der = BASE64.decode(text.as_bytes()).expect("base64");
    assert!(VerificationKey::from_der(algorithm, &der).is_ok(), "{algorithm}: {pem}");
    der_agrees(algorithm, &der);
}

/// RFC 5280 §4.1.2.7: an accepted key begins with the identifiers of the algorithm, and ends with a valid key.
fn der_agrees(algorithm: Algorithm, der: &[u8]) {
    if VerificationKey::from_der(algorithm, der).is_err() {
        return;
    }
    let identifiers: &[&[u8]] = match algorithm {
        Algorithm::ES256 => &[&[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1], &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]],
        Algorithm::ES384 => &[&[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1], &[0x2b, 0x81, 4, 0, 0x22]],
        Algorithm::EdDSA => &[&[0x2b, 0x65, 0x70]],
        _ => &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1]],
    };
    let has = |identifier: &&[u8]| der[..der.len().min(40)].windows(identifier.len()).any(|part| part == *identifier);
    assert!(der[0] == 0x30 && identifiers.iter().all(has), "{algorithm}: {der:?}");
    let end = |length: usize| der.split_at(der.len() - length).1;
    let is_good = match algorithm {
        Algorithm::ES256 => oracle::keys::is_p256(&end(64)[..32], &end(64)[32..]),
        Algorithm::ES384 => oracle::keys::is_p384(&end(96)[..48], &end(96)[48..]),
        Algorithm::EdDSA => oracle::keys::is_ed25519(end(32)),
        // Of an RSA key, this check sees only the length.
        _ => (256 + 20..1024 + 64).contains(&der.len()),
    };
    assert!(is_good, "{algorithm}: {der:?}");
}
