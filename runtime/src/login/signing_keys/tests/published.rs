//! What others see of the keys, and when.

use std::time::Duration;

use axum::body::to_bytes;
use serde_json::{Value, json};

use super::{DAY, ED25519, NOW, P256, RSA, SigningKeys, dated, names, set, signing, three};
use crate::{
    jose::{algorithm::Algorithm, verification_key::VerificationKey},
    login::signing_keys::times::SKEW,
};

const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Each kind of key, with the members of all other kinds beside its own, and with members that nobody knows.
#[tokio::test]
async fn published_keys_have_no_private_member() {
    let secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";
    let odd = [(P256, "p256"), (ED25519, "ed25519"), (RSA, "rsa")].map(|(jwk, kid)| {
        let mut key = dated(jwk, kid, NOW, NOW + DAY);
        let members = key.as_object_mut().unwrap();
        for name in PRIVATE.iter().filter(|name| **name != "oth").chain(&["D", "d ", "x5c", "private", "\u{e9}"]) {
            members.entry(*name).or_insert(json!(secret));
        }
        members.insert("nested".into(), json!({ "d": secret, "keys": [{ "k": secret }] }));
        key
    });
    let input = set(odd.clone());
    let keys = SigningKeys::from_jwks_at(&input, NOW as f64).unwrap();
    let response = keys.jwks_response_at(NOW as f64);
    assert_eq!(response.headers()["content-type"], "application/json");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let published: Value = serde_json::from_slice(&body).unwrap();
    let published_keys = published["keys"].as_array().unwrap();
    assert_eq!(published_keys.len(), 3);
    for key in published_keys {
        let allowed = ["alg", "crv", "e", "kid", "kty", "n", "use", "x", "y"];
        for name in key.as_object().unwrap().keys() {
            assert!(allowed.contains(&&**name) && !PRIVATE.contains(&&**name), "{name}");
        }
    }
    let shown = format!("{} {keys:?}", String::from_utf8_lossy(&body));
    let secrets = odd.iter().flat_map(|key| PRIVATE.iter().filter_map(|name| key[name].as_str()));
    for secret in secrets {
        assert!(!shown.contains(secret), "{shown}");
    }
    // What is published is enough to verify.
    for algorithm in [Algorithm::ES256, Algorithm::EdDSA, Algorithm::RS256] {
        assert_eq!(VerificationKey::from_jwks(&[algorithm], &published.to_string()).unwrap().len(), 1);
    }
}

#[test]
fn the_newest_key_that_may_sign_signs() {
    let keys = SigningKeys::from_jwks_at(&three(), NOW as f64).unwrap();
    for (at, expected) in [
        (NOW as f64 - 0.1, None),
        (NOW as f64, Some("first")),
        ((NOW + DAY) as f64 - 0.1, Some("first")),
        ((NOW + DAY) as f64, Some("second")),
        ((NOW + 2 * DAY) as f64, Some("second")),
        ((NOW + 3 * DAY) as f64, Some("third")),
        ((NOW + 6 * DAY) as f64 - 0.1, Some("third")),
        ((NOW + 6 * DAY) as f64, None),
        // A clock that was set back.
        ((NOW + DAY) as f64, Some("second")),
        (NOW as f64, Some("first")),
    ] {
        assert_eq!(signing(&keys, at).as_deref(), expected, "{at}");
    }
}

/// By as much as clocks differ, and then not a moment longer.
#[test]
fn a_key_is_published_before_it_signs_and_as_long_as_its_tokens_live() {
    let keys = SigningKeys::from_jwks_at(&three(), NOW as f64).unwrap();
    let lifetime = 600;
    keys.keep_for(Duration::from_secs(lifetime), NOW as f64);
    let over = |exp: u64| (exp + lifetime + SKEW) as f64;
    for (at, expected) in [
        (NOW as f64, &["first", "second", "third"][..]),
        (over(NOW + 2 * DAY) - 0.1, &["first", "second", "third"]),
        (over(NOW + 2 * DAY), &["second", "third"]),
        (over(NOW + 4 * DAY) - 0.1, &["second", "third"]),
        (over(NOW + 4 * DAY), &["third"]),
        (over(NOW + 6 * DAY) - 0.1, &["third"]),
        (over(NOW + 6 * DAY), &[]),
    ] {
        assert_eq!(names(&keys, at), expected, "{at}");
        let accepted: Vec<_> = keys.state_at(at).accepted.iter().map(|key| key.kid().unwrap().to_owned()).collect();
        assert_eq!(accepted, expected, "{at}");
    }
}

/// The longest lifetime of several decides.
#[test]
fn a_key_is_kept_for_the_longest_lifetime_that_anybody_has_said() {
    let keys = SigningKeys::from_jwks_at(&set([dated(P256, "1", NOW, NOW + DAY)]), NOW as f64).unwrap();
    let kept_for = |seconds: u64| {
        let over = (NOW + DAY + seconds) as f64;
        !names(&keys, over - 0.1).is_empty() && names(&keys, over).is_empty()
    };
    // Nobody has said it yet, so that no token is refused after a restart.
    assert!(kept_for(3600 + SKEW));
    for (lifetime, kept) in [(60, 60), (600, 600), (60, 600)] {
        keys.keep_for(Duration::from_secs(lifetime), NOW as f64);
        assert!(kept_for(kept + SKEW), "{lifetime}");
    }
}

#[test]
fn the_cache_time_of_the_set_ends_with_its_first_key() {
    let keys = SigningKeys::from_jwks_at(&three(), NOW as f64).unwrap();
    keys.keep_for(Duration::from_secs(300), NOW as f64);
    let over = (NOW + 2 * DAY + 300 + SKEW) as f64;
    for (at, age) in [(NOW as f64, 300), (over - 300.5, 300), (over - 299.5, 299), (over - 0.5, 0), (over, 300)] {
        let response = keys.jwks_response_at(at);
        assert_eq!(response.headers()["cache-control"], format!("public, max-age={age}"), "{at}");
    }
}

#[test]
fn the_last_end_is_told() {
    let keys = SigningKeys::from_jwks_at(&three(), NOW as f64).unwrap();
    let until = keys.signs_until().duration_since(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(until, Duration::from_secs(NOW + 6 * DAY));
}
