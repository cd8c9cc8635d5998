//! Private keys, each wrong in one way, and what they sign.

use serde_json::{Value, json};

use super::private_keys::{ED25519, OTHER_RSA, P256, RSA, SHORT_RSA};
use crate::{
    jose::{
        algorithm::Algorithm,
        error::KeyError::{self, Invalid, Malformed, Member, Mismatch, Size, WrongAlgorithm, WrongUse},
        signing_key::SigningKey,
        verification_key::VerificationKey,
    },
    token::{sign::TokenSigner, verifier::TokenVerifier},
};

fn parsed(jwk: &str) -> Value {
    serde_json::from_str(jwk).unwrap()
}

fn with(jwk: &str, name: &str, value: impl Into<Value>) -> String {
    let mut jwk = parsed(jwk);
    jwk[name] = value.into();
    jwk.to_string()
}

fn without(jwk: &str, name: &str) -> String {
    let mut jwk = parsed(jwk);
    jwk.as_object_mut().unwrap().remove(name);
    jwk.to_string()
}

#[track_caller]
fn assert_refused(jwk: &str, expected: KeyError) {
    let error = SigningKey::from_jwk(jwk).map(drop).unwrap_err();
    assert_eq!(error, expected, "{jwk}");
}

#[test]
fn a_private_key_signs_what_its_public_half_verifies() {
    for (jwk, algorithm) in [(P256, Algorithm::ES256), (ED25519, Algorithm::EdDSA), (RSA, Algorithm::RS256)] {
        let key = SigningKey::from_jwk(&with(jwk, "kid", "a \"key\"")).unwrap();
        assert_eq!((key.algorithm(), key.kid()), (algorithm, Some("a \"key\"")));
        let published = VerificationKey::from_jwk(algorithm, &key.public_jwk()).unwrap();
        assert_eq!(published.kid(), key.kid());
        assert_eq!(published.thumbprint(), Some(key.thumbprint()));
        let claims = json!({ "sub": "johndoe", "exp": 4_102_444_800_u64 });
        for signer in [TokenSigner::new(&key), TokenSigner::rfc9068(&key)] {
            let token = signer.sign(&claims).unwrap();
            assert!(TokenVerifier::new([published.clone()]).verify(&token).is_ok(), "{algorithm}");
            // Another `kid` is not tried.
            let other = TokenVerifier::new([published.clone().with_kid("other")]);
            assert!(other.verify(&token).is_err(), "{algorithm}");
        }
    }
}

#[test]
fn a_public_key_has_the_public_members_alone() {
    for (jwk, members) in [
        (P256, &["alg", "crv", "kid", "kty", "use", "x", "y"][..]),
        (ED25519, &["alg", "crv", "kid", "kty", "use", "x"]),
        (RSA, &["alg", "e", "kid", "kty", "n", "use"]),
    ] {
        // Members of other kinds of keys are ignored, and so is what nobody knows.
        let mut odd = parsed(&with(jwk, "kid", "1"));
        for name in ["p", "q", "dp", "dq", "qi", "k", "x5c", "D", "secret"] {
            let odd = odd.as_object_mut().unwrap();
            odd.entry(name).or_insert(json!("c2VjcmV0"));
        }
        let public = parsed(&SigningKey::from_jwk(&odd.to_string()).unwrap().public_jwk());
        let mut names: Vec<_> = public.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, members);
    }
}

#[test]
fn a_private_key_belongs_to_its_public_members() {
    let (other_p256, other_ed25519) =
        ("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LA", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2E");
    assert_refused(&with(P256, "d", other_p256), Mismatch);
    assert_refused(&with(ED25519, "d", other_ed25519), Mismatch);
    for member in ["n", "d", "p", "q"] {
        assert_refused(&with(RSA, member, parsed(OTHER_RSA)[member].clone()), Mismatch);
    }
    assert_refused(&with(RSA, "e", "Aw"), Mismatch);
    // RustCrypto computes these anew.
    #[cfg(feature = "aws_lc_rs")]
    for member in ["dp", "dq", "qi"] {
        assert_refused(&with(RSA, member, parsed(OTHER_RSA)[member].clone()), Mismatch);
    }
    // The order of P-256, and 0: no scalars.
    for no_scalar in ["_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        assert_refused(&with(P256, "d", no_scalar), Mismatch);
    }
}

#[test]
fn a_member_that_is_wrong_is_named() {
    for (jwk, members) in [
        (P256, &["kty", "crv", "x", "y", "d"][..]),
        (ED25519, &["kty", "crv", "x", "d"]),
        (RSA, &["kty", "n", "e", "d", "p", "q", "dp", "dq", "qi"]),
    ] {
        for &member in members {
            assert_refused(&without(jwk, member), Member(member));
            assert_refused(&with(jwk, member, 1), Malformed);
            if !["kty", "crv"].contains(&member) {
                assert_refused(&with(jwk, member, "A+"), Member(member));
            }
        }
    }
    assert_refused(&with(RSA, "oth", json!([])), Member("oth"));
    for (jwk, name, value, expected) in [
        (P256, "x", json!("AQ"), Invalid),
        (P256, "d", json!("AQ"), Invalid),
        (ED25519, "d", json!("AQ"), Invalid),
        (P256, "crv", json!("P-384"), WrongAlgorithm),
        (ED25519, "crv", json!("Ed448"), WrongAlgorithm),
        (P256, "kty", json!("oct"), WrongAlgorithm),
        (P256, "alg", json!("ES384"), WrongAlgorithm),
        (RSA, "alg", json!("PS256"), WrongAlgorithm),
        (RSA, "alg", json!("none"), WrongAlgorithm),
        (P256, "use", json!("enc"), WrongUse),
        (P256, "key_ops", json!(["verify"]), WrongUse),
        (P256, "key_ops", json!([]), WrongUse),
        (P256, "key_ops", json!(["verify", "encrypt"]), WrongUse),
    ] {
        assert_refused(&with(jwk, name, value), expected);
    }
    for (name, value) in [
        ("alg", json!("Ed25519")),
        ("use", json!("sig")),
        ("key_ops", json!(["sign"])),
        ("key_ops", json!(["sign", "verify"])),
        ("key_ops", json!(["verify", "sign"])),
    ] {
        assert!(SigningKey::from_jwk(&with(ED25519, name, value)).is_ok());
    }
}

#[test]
fn weak_private_keys_are_refused() {
    assert_refused(SHORT_RSA, Size);
    // A small order of Ed25519.
    assert_refused(&with(ED25519, "x", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), Invalid);
    assert_refused(&with(RSA, "e", "AQ"), Invalid);
}

#[test]
fn nothing_of_a_private_key_is_shown() {
    for jwk in [P256, ED25519, RSA] {
        let key = SigningKey::from_jwk(jwk).unwrap();
        let shown = format!("{key:?} {:?} {}", TokenSigner::new(&key), key.public_jwk());
        assert!(shown.starts_with("SigningKey { algorithm: "), "{shown}");
        for member in ["d", "p", "q", "dp", "dq", "qi"] {
            let secret = &parsed(jwk)[member];
            assert!(secret.as_str().is_none_or(|secret| !shown.contains(secret)), "{shown}");
        }
    }
}

#[cfg(feature = "login")]
#[test]
fn new_keys_differ_and_sign() {
    for algorithm in [Algorithm::ES256, Algorithm::EdDSA] {
        let keys: Vec<_> = (0..8).map(|_| SigningKey::generate_jwk(algorithm).unwrap()).collect();
        let thumbprints: std::collections::HashSet<_> =
            keys.iter().map(|jwk| SigningKey::from_jwk(jwk).unwrap().thumbprint()).collect();
        assert_eq!(thumbprints.len(), 8);
    }
    assert_eq!(SigningKey::generate_jwk(Algorithm::RS256), Err(KeyError::Unsupported));
}
