//! `jsonwebtoken::decode` with its strictest settings. axum-scopes must refuse every token that it refuses.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, crypto::aws_lc::DEFAULT_PROVIDER};

use super::token::{Accepted, Key, Rules, Secret};

/// Whether jsonwebtoken can decide. It reads a key in the header, which axum-scopes ignores.
pub fn has_an_opinion(accepted: &Accepted) -> bool {
    !accepted.has_key
}

/// The claims of a token, if jsonwebtoken accepts it with any of the keys.
pub fn decode(rules: &Rules, token: &str) -> Option<serde_json::Value> {
    // With two backends in the build, jsonwebtoken does not choose one itself.
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
