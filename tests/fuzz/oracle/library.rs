//! `jsonwebtoken::decode`, as strict as it can be made: what it refuses, axum-scopes must refuse, too.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, crypto::aws_lc::DEFAULT_PROVIDER};

use super::token::{Accepted, Key, Rules, Secret};

/// Seconds, beyond which there is none for it.
const LAST: f64 = u64::MAX as f64;

/// Whether it has an opinion. It asks for a type of header members, and a range of times, that have no meaning here:
/// a `nbf` before 1970 is in the past, and an `exp` after the year 500 milliards lies ahead.
pub fn has_an_opinion(accepted: &Accepted) -> bool {
    !accepted.typed_header && accepted.exp < LAST && accepted.nbf.is_none_or(|nbf| (0.0..LAST).contains(&nbf))
}

/// The claims of a token that it accepts, with any of the keys.
pub fn decode(rules: &Rules, token: &str) -> Option<serde_json::Value> {
    // With two backends in the build, it does not choose by itself.
    let _ = DEFAULT_PROVIDER.install_default();
    rules.keys.iter().find_map(|key| {
        let validation = validation(rules, key.algorithm.parse().ok()?);
        Some(jsonwebtoken::decode(token, &decoding_key(key), &validation).ok()?.claims)
    })
}

fn validation(rules: &Rules, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.leeway = 0;
    validation.validate_nbf = true;
    let mut required = vec!["exp", "sub"];
    if let Some(issuer) = rules.issuer {
        validation.set_issuer(&[issuer]);
        required.push("iss");
    }
    if let Some(audience) = rules.audience {
        validation.set_audience(&[audience]);
        required.push("aud");
    }
    validation.set_required_spec_claims(&required);
    validation
}

fn decoding_key(key: &Key) -> DecodingKey {
    match &key.secret {
        Secret::Hmac(secret) => DecodingKey::from_secret(secret),
        Secret::P256(key) => DecodingKey::from_ec_der(key.verifying_key().to_encoded_point(false).as_bytes()),
    }
}
