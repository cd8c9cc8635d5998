//! Tokens for tests: good, expired, and signed by somebody else.
#![expect(clippy::expect_used, reason = "for tests, where a panic is an answer")]

use std::time::Duration;

use crate::{
    jose::hmac_key::HmacKey,
    scopes::set::Scopes,
    token::{claims::Claims, sign::TokenSigner},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Mints the tokens that a test sends.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, testing::Mint};
///
/// let key = HmacKey::new("a secret of at least thirty-two bytes").unwrap();
/// let (mint, verifier) = (Mint::new(&key), TokenVerifier::hs256(&key));
/// assert!(verifier.verify(&mint.valid("amy", "items")).is_ok());
/// assert!(verifier.verify(&mint.expired("amy", "items")).is_err());
/// assert!(verifier.verify(&mint.foreign("amy", "items")).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Mint {
    signer: TokenSigner,
    foreign: TokenSigner,
}

impl Mint {
    /// Signs with the key that the service verifies with.
    ///
    /// # Panics
    ///
    /// Never.
    #[must_use]
    pub fn new(key: &HmacKey) -> Self {
        let foreign = HmacKey::new("the key of another service, which this one does not know").expect("it is long");
        Self { signer: TokenSigner::hs256(key), foreign: TokenSigner::hs256(&foreign) }
    }

    /// Good for one hour.
    #[must_use]
    pub fn valid(&self, sub: &str, scope: impl Into<Scopes>) -> String {
        sign(&self.signer, &Claims::new(sub, scope, HOUR))
    }

    /// Good until one hour ago.
    #[must_use]
    pub fn expired(&self, sub: &str, scope: impl Into<Scopes>) -> String {
        let mut claims = Claims::new(sub, scope, Duration::ZERO);
        claims.exp -= HOUR.as_secs();
        sign(&self.signer, &claims)
    }

    /// Good for one hour, but signed with another key.
    #[must_use]
    pub fn foreign(&self, sub: &str, scope: impl Into<Scopes>) -> String {
        sign(&self.foreign, &Claims::new(sub, scope, HOUR))
    }
}

fn sign(signer: &TokenSigner, claims: &Claims) -> String {
    signer.sign(claims).expect("the backend signs")
}
