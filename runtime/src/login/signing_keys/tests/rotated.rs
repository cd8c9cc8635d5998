//! Keys that come and go while the service runs.

use std::{
    slice::from_ref,
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};

use super::{DAY, ED25519, NOW, P256, RSA, SigningKeys, dated, names, set, signing};
use crate::{
    jose::algorithm::Algorithm,
    login::{
        signing_keys::{
            error::SigningKeysError::{self, DuplicateId, Gap, Key, TooSoon},
            times::CACHE,
        },
        times::seconds,
    },
};

#[test]
fn replaced_keys_are_seen_by_all_copies() {
    let old = dated(P256, "old", NOW, NOW + 2 * DAY);
    let keys = SigningKeys::from_jwks_at(&set([old.clone()]), NOW as f64).unwrap();
    let copy = keys.clone();
    let new = dated(ED25519, "new", NOW + DAY, NOW + 3 * DAY);
    keys.replace_at(&set([old, new.clone()]), NOW as f64).unwrap();
    assert_eq!(names(&copy, NOW as f64), ["old", "new"]);
    assert_eq!(signing(&copy, NOW as f64).as_deref(), Some("old"));
    assert_eq!(signing(&copy, (NOW + DAY) as f64).as_deref(), Some("new"));
    // A key that was stolen goes at once.
    keys.replace_at(&set([new]), (NOW + DAY) as f64).unwrap();
    assert_eq!(names(&copy, (NOW + DAY) as f64), ["new"]);
    assert_eq!(format!("{copy:?}"), format!(r#"[("new", {}, {})]"#, NOW + DAY, NOW + 3 * DAY));
}

#[test]
fn a_new_key_waits_until_nobody_has_cached_a_set_without_it() {
    let old = dated(P256, "old", NOW, NOW + DAY);
    let replaced = |nbf: u64, old: &[Value]| {
        let keys = SigningKeys::from_jwks_at(&set([dated(P256, "old", NOW, NOW + DAY)]), NOW as f64).unwrap();
        let new = dated(RSA, "new", nbf, NOW + 2 * DAY);
        keys.replace_at(&set(old.iter().cloned().chain([new])), NOW as f64)
    };
    let earliest = NOW + CACHE + 1;
    let too_soon = || Err(TooSoon { kid: "new".into(), earliest });
    assert_eq!(replaced(NOW + 1, from_ref(&old)), too_soon());
    assert_eq!(replaced(NOW + CACHE, from_ref(&old)), too_soon());
    assert_eq!(replaced(earliest, from_ref(&old)), Ok(()));
    // It does not take over, because it is older.
    assert_eq!(replaced(NOW - DAY, from_ref(&old)), Ok(()));
    // There is nobody else: the old key was stolen, or ends too soon.
    assert_eq!(replaced(NOW, &[]), Ok(()));
    assert_eq!(replaced(NOW + 1, &[dated(P256, "old", NOW, NOW + CACHE)]), Ok(()));
}

/// The known keys sign one after the other.
#[test]
fn a_new_key_waits_also_if_several_keys_sign_until_then() {
    let first = dated(P256, "first", NOW, NOW + 200);
    let second = dated(ED25519, "second", NOW + 100, NOW + DAY);
    for (nbf, is_too_soon) in
        [(NOW + 50, true), (NOW + 100, true), (NOW + 150, true), (NOW + 250, true), (NOW + CACHE + 1, false)]
    {
        let keys = SigningKeys::from_jwks_at(&set([first.clone(), second.clone()]), NOW as f64).unwrap();
        let new = dated(RSA, "new", nbf, NOW + 2 * DAY);
        let replaced = keys.replace_at(&set([first.clone(), second.clone(), new]), NOW as f64);
        assert_eq!(replaced.is_err(), is_too_soon, "{nbf}: {replaced:?}");
    }
}

#[test]
fn a_name_stays_with_its_key() {
    let keys = SigningKeys::from_jwks_at(&set([dated(P256, "a", NOW, NOW + DAY)]), NOW as f64).unwrap();
    let other = set([dated(P256, "b", NOW, NOW + DAY), dated(RSA, "a", NOW, NOW + DAY)]);
    assert_eq!(keys.replace_at(&other, NOW as f64), Err(DuplicateId { kid: "a".into() }));
    // Other dates are the same key.
    assert_eq!(keys.replace_at(&set([dated(P256, "a", NOW, NOW + 2 * DAY)]), NOW as f64), Ok(()));
}

#[test]
fn a_rotated_set_has_a_new_key_and_none_whose_time_is_over() {
    let (day, now) = (Duration::from_secs(DAY), SystemTime::now());
    let secs = seconds(now) as u64;
    for algorithm in [Algorithm::ES256, Algorithm::EdDSA] {
        let over = dated(RSA, "over", secs - 2 * DAY, secs - DAY);
        let old: Value = serde_json::from_str(&SigningKeys::generate_for(algorithm, now, 2 * day).unwrap()).unwrap();
        let mut old = old["keys"][0].clone();
        old["comment"] = json!("kept as it is");
        let jwks = set([over, old.clone()]);
        let rotated = SigningKeys::rotate_for(algorithm, &jwks, now + day, 2 * day).unwrap();
        let rotated_keys: Value = serde_json::from_str(&rotated).unwrap();
        assert_eq!(rotated_keys["keys"][0], old);
        let new = &rotated_keys["keys"][1];
        assert_eq!(
            (&new["nbf"], &new["exp"], &new["alg"]),
            (&json!(secs + DAY), &json!(secs + 3 * DAY), &json!(algorithm.name()))
        );
        assert_eq!(rotated_keys["keys"].as_array().unwrap().len(), 2);
        let keys = SigningKeys::from_jwks(&jwks).unwrap();
        keys.replace(&rotated).unwrap();
        assert_eq!(signing(&keys, (secs + 1) as f64).as_deref(), old["kid"].as_str());
        assert_eq!(signing(&keys, (secs + DAY) as f64).as_deref(), new["kid"].as_str());
    }
}

#[test]
fn a_rotation_that_would_refuse_honest_tokens_is_refused() {
    let (day, now) = (Duration::from_secs(DAY), SystemTime::now());
    let jwks = SigningKeys::generate(now, day).unwrap();
    let rotated = |from| SigningKeys::rotate(&jwks, from, day).map(drop);
    assert!(matches!(rotated(now + Duration::from_secs(CACHE - 1)), Err(TooSoon { .. })));
    assert!(matches!(rotated(now + 2 * day), Err(Gap { .. })));
    assert!(rotated(now + Duration::from_secs(CACHE + 2)).is_ok());
    assert!(matches!(SigningKeys::rotate("{}", now + day, day), Err(SigningKeysError::Malformed)));
    assert!(matches!(SigningKeys::generate_for(Algorithm::RS256, now, day), Err(Key { .. })));
}
