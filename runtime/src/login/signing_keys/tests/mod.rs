//! Keys and their dates: who signs, who is published, who is accepted, and what is refused.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

mod published;
mod refused;
mod rotated;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::SigningKeys;
use crate::jose::tests::private_keys::{ED25519, P256, RSA};

/// The seconds of a day, far from 1970.
pub(super) const DAY: u64 = 86_400;
pub(super) const NOW: u64 = 20_000 * DAY;

/// A private key with its name and its dates.
pub(in crate::login) fn dated(jwk: &str, kid: &str, nbf: u64, exp: u64) -> Value {
    let mut jwk: Value = serde_json::from_str(jwk).unwrap();
    (jwk["kid"], jwk["nbf"], jwk["exp"]) = (json!(kid), json!(nbf), json!(exp));
    jwk
}

pub(in crate::login) fn set(keys: impl IntoIterator<Item = Value>) -> String {
    json!({ "keys": keys.into_iter().collect::<Vec<_>>() }).to_string()
}

/// A key of each kind: each takes over while the one before it may still sign.
fn three() -> String {
    set([
        dated(P256, "first", NOW, NOW + 2 * DAY),
        dated(ED25519, "second", NOW + DAY, NOW + 4 * DAY),
        dated(RSA, "third", NOW + 3 * DAY, NOW + 6 * DAY),
    ])
}

/// The names of the published keys.
fn names(keys: &SigningKeys, now: f64) -> Vec<String> {
    let jwks: Value = serde_json::from_slice(&keys.state_at(now).jwks).unwrap();
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

/// The `kid` of what is signed; `None` if nobody may sign.
fn signing(keys: &SigningKeys, now: f64) -> Option<String> {
    let token = keys.state_at(now).signer.as_ref()?.sign(&json!({})).unwrap();
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header["typ"], "at+jwt");
    Some(header["kid"].as_str().unwrap().to_owned())
}
