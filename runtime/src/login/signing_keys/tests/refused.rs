//! Sets that are refused, each wrong in one way. No error shows anything of a key.

use std::error::Error;

use serde_json::{Value, json};

use super::{DAY, ED25519, NOW, P256, RSA, SigningKeys, dated, set};
use crate::{
    jose::{error::KeyError, tests::private_keys::SHORT_RSA},
    login::signing_keys::error::SigningKeysError::{self, Dates, DuplicateId, Gap, Key, Malformed, Member, NoneSigns},
};

fn with(name: &str, value: Value) -> String {
    let mut key = dated(P256, "a", NOW, NOW + DAY);
    key[name] = value;
    set([key])
}

fn without(name: &str) -> String {
    let mut key = dated(P256, "a", NOW, NOW + DAY);
    key.as_object_mut().unwrap().remove(name);
    set([key])
}

#[test]
fn an_error_says_which_key_is_wrong_and_shows_none() {
    let good = || dated(P256, "a", NOW, NOW + DAY);
    let key = |index, source| Key { index, source };
    let member = |member| Member { index: 0, member };
    let kid = || String::from("a");
    for (jwks, expected) in [
        (String::new(), Malformed),
        ("[]".into(), Malformed),
        (r#"{"keys":{}}"#.into(), Malformed),
        (format!(r#"{{"keys":[],"keys":[{}]}}"#, good()), Malformed),
        (set([good()]) + "x", Malformed),
        (set([]), NoneSigns),
        (without("kid"), member("kid")),
        (with("kid", json!("")), member("kid")),
        (without("nbf"), member("nbf")),
        (without("exp"), member("exp")),
        (with("nbf", json!("1")), member("nbf")),
        (with("exp", json!(1.5)), member("exp")),
        (with("exp", json!(-1)), member("exp")),
        (with("exp", json!(null)), member("exp")),
        (with("exp", json!(NOW)), Dates { kid: kid() }),
        (without("d"), key(0, KeyError::Member("d"))),
        (with("d", json!("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LA")), key(0, KeyError::Mismatch)),
        (with("alg", json!("ES384")), key(0, KeyError::WrongAlgorithm)),
        (set([good(), dated(SHORT_RSA, "b", NOW, NOW + DAY)]), key(1, KeyError::Size)),
        (set([good(), json!(1)]), key(1, KeyError::Malformed)),
        (set([good(), json!({ "kty": "oct", "k": "c2VjcmV0" })]), key(1, KeyError::WrongAlgorithm)),
        (set([good(), dated(ED25519, "a", NOW, NOW + DAY)]), DuplicateId { kid: kid() }),
        (set([dated(P256, "a", NOW + 1, NOW + DAY)]), NoneSigns),
        (set([dated(P256, "a", NOW - DAY, NOW)]), NoneSigns),
        (set([good(), dated(RSA, "b", NOW + DAY + 1, NOW + 2 * DAY)]), Gap { kid: kid() }),
    ] {
        let error: SigningKeysError = SigningKeys::from_jwks_at(&jwks, NOW as f64).map(drop).unwrap_err();
        assert_eq!(error, expected, "{jwks}");
        let source = error.source().and_then(|source| source.downcast_ref());
        assert_eq!(source, if let Key { source, .. } = &expected { Some(source) } else { None }, "{jwks}");
        let shown = format!("{error} {error:?} {:?}", error.source().map(ToString::to_string));
        assert!(error.to_string().contains("signing key"), "{shown}");
        for secret in ["jpsQnn", "nWGxne", "c2VjcmV0", "f83OJ3"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_refused_set_changes_nothing() {
    let first = set([dated(P256, "a", NOW, NOW + DAY)]);
    let keys = SigningKeys::from_jwks_at(&first, NOW as f64).unwrap();
    let before = keys.version();
    for jwks in [String::new(), set([]), without("d"), set([dated(RSA, "a", NOW, NOW + DAY)])] {
        assert!(keys.replace_at(&jwks, NOW as f64).is_err(), "{jwks}");
        assert_eq!(keys.version(), before);
    }
}

/// Whatever is wrong with a text, it is refused, or its keys sign what they verify, and nothing of them is published.
#[test]
fn a_set_with_a_mistake_anywhere_is_refused_or_whole() {
    let good = set([dated(P256, "a", NOW, NOW + DAY), dated(ED25519, "b", NOW + 1, NOW + 2 * DAY)]);
    let mut accepted = 0;
    for at in 0..good.len() {
        for byte in *b"\"\\{}[]:,-09AZaz_ \0" {
            let mut text = good.clone().into_bytes();
            text[at] = byte;
            let Ok(keys) = SigningKeys::from_jwks_at(&String::from_utf8(text).unwrap(), NOW as f64) else { continue };
            accepted += 1;
            let state = keys.state_at(NOW as f64);
            assert!(state.signer.as_ref().unwrap().sign(&json!({})).is_ok());
            let published = String::from_utf8(state.jwks.to_vec()).unwrap();
            assert!(!published.contains(r#""d""#) && !published.contains("jpsQnn") && !published.contains("nWGxne"));
        }
    }
    // In names of members, names of keys and dates.
    assert!(accepted > 100, "{accepted}");
}
