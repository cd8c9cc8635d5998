//! Tokens for tests: takes a subject and scopes, or any claims, yields a valid, expired or foreign token.
#![expect(clippy::expect_used, reason = "a test may fail by a panic")]

use std::time::Duration;

use serde::Serialize;

use crate::{
    jose::hmac_key::HmacKey,
    scopes::set::Scopes,
    token::{claims::Claims, sign::TokenSigner},
};

const HOUR: Duration = Duration::from_secs(3600);

/// Mints tokens for tests, with the standard claims or with [`claims`](Self::claims) of your own type.
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

    /// A token that is valid for one hour.
    #[must_use]
    pub fn valid(&self, sub: &str, scope: impl Into<Scopes>) -> String {
        sign(&self.signer, &Claims::new(sub, scope, HOUR))
    }

    /// A token that expired an hour ago.
    #[must_use]
    pub fn expired(&self, sub: &str, scope: impl Into<Scopes>) -> String {
        let mut claims = Claims::new(sub, scope, Duration::ZERO);
        claims.exp -= HOUR.as_secs();
        sign(&self.signer, &claims)
    }

    /// A token that is valid for one hour, but signed with another key.
    #[must_use]
    pub fn foreign(&self, sub: &str, scope: impl Into<Scopes>) -> String {
        sign(&self.foreign, &Claims::new(sub, scope, HOUR))
    }

    /// A token with claims of any type that serialises to a JSON object. Nothing is added or checked, so a test can also send
    /// claims that the service must refuse.
    ///
    /// ```
    /// use axum_scopes::{Grants, HmacKey, TokenVerifier, testing::Mint};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Member {
    ///     sub: String,
    ///     /// Seconds since 1970.
    ///     exp: u64,
    ///     tenant: String,
    ///     permissions: Vec<String>,
    /// }
    ///
    /// impl Grants for Member {
    ///     fn grants(&self, scope: &str) -> bool {
    ///         self.permissions.iter().any(|permission| permission == scope)
    ///     }
    /// }
    ///
    /// let key = HmacKey::new("a secret of at least thirty-two bytes").unwrap();
    /// let (mint, verifier) = (Mint::new(&key), TokenVerifier::hs256(&key));
    /// let member = |exp| Member { sub: "amy".into(), exp, tenant: "acme".into(), permissions: vec!["items".into()] };
    ///
    /// let claims: Member = verifier.verify_as(&mint.claims(&member(4_102_444_800))).unwrap();
    /// assert!(claims.tenant == "acme" && claims.grants("items"));
    /// assert!(verifier.verify_as::<Member>(&mint.claims(&member(1))).is_err());
    /// // A token that never expires.
    /// assert!(verifier.verify(&mint.claims(&serde_json::json!({ "sub": "amy" }))).is_err());
    /// ```
    ///
    /// # Panics
    ///
    /// If the claims do not serialise to a JSON object.
    #[must_use]
    pub fn claims<C: Serialize>(&self, claims: &C) -> String {
        sign(&self.signer, claims)
    }
}

fn sign<C: Serialize>(signer: &TokenSigner, claims: &C) -> String {
    signer.sign(claims).expect("claims are a JSON object")
}
