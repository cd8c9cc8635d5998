//! The keys that sign access tokens, with their dates.

use std::time::{Duration, SystemTime};

/// The keys that sign access tokens: a JWK Set (RFC 7517 §5) of private keys for ES256, EdDSA or RS256. Each key has a `kid`, and the
/// members `nbf` and `exp` (seconds since 1970): from `nbf` to `exp` it may sign. The newest key that may sign signs.
///
/// Copies share the keys, so [`replace`](Self::replace) is seen by all of them.
#[derive(Clone, Debug)]
pub struct SigningKeys(());

/// Why keys were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningKeysError {
    /// To be written.
    Invalid,
}

impl std::fmt::Display for SigningKeysError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the keys are no JWK Set of private keys")
    }
}

impl std::error::Error for SigningKeysError {}

impl SigningKeys {
    /// Reads private keys from a JWK Set.
    pub fn from_jwks(jwks: &str) -> Result<Self, SigningKeysError> {
        let _ = jwks;
        unimplemented!()
    }

    /// Makes a new key for ES256 that signs from `from` for `lifetime`, as a JWK Set with one private key to be stored and read by
    /// [`from_jwks`](Self::from_jwks).
    pub fn generate(from: SystemTime, lifetime: Duration) -> Result<String, SigningKeysError> {
        let _ = (from, lifetime);
        unimplemented!()
    }

    /// Replaces the keys in all copies.
    pub fn replace(&self, jwks: &str) -> Result<(), SigningKeysError> {
        let _ = jwks;
        unimplemented!()
    }

    /// The public keys as a JWK Set: those that will sign, sign, or have signed tokens that are still accepted.
    #[must_use]
    pub fn jwks(&self) -> String {
        unimplemented!()
    }

    /// The response of a route such as `/.well-known/jwks.json`: the public keys, with a `Cache-Control` that agrees with the dates.
    pub fn jwks_response(&self) -> axum::response::Response {
        unimplemented!()
    }
}
