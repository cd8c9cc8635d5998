//! Tokens that name one issuer.

use std::sync::Arc;

use super::only::judges_only_its_own;
use crate::{
    jose::{compact::Compact, jws::Jws, scratch::Scratch},
    token::{error::TokenError, unverified},
};

/// Longer tokens are not decoded to find their issuer. Servers allow less for all header fields together.
const LONGEST: usize = 256 * 1024;

/// Asks a verifier only about tokens of one issuer; see [`by_issuer`].
#[derive(Clone, Debug)]
pub struct ByIssuer<V> {
    issuer: Arc<str>,
    verifier: V,
}

/// Asks `verifier` only about JSON Web Tokens whose `iss` is `issuer`, byte for byte. Nothing is verified yet when this is decided, so
/// the verifier must accept no other issuer: configure it there, too.
///
/// `IssuerVerifier` chooses among several issuers by itself. This is for verifiers of different types.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, token::judges};
///
/// # let (one, other) = (HmacKey::new([7; 32])?, HmacKey::new([8; 32])?);
/// let of = |issuer: &str, key| judges::by_issuer(issuer, TokenVerifier::hs256(key).issuer(issuer));
/// let verifier = of("https://one.example.com", &one).otherwise(of("https://other.example.com", &other));
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[must_use]
pub fn by_issuer<V>(issuer: impl Into<Arc<str>>, verifier: V) -> ByIssuer<V> {
    ByIssuer { issuer: issuer.into(), verifier }
}

impl<V> ByIssuer<V> {
    fn is_mine(&self, token: &str) -> bool {
        let Ok(parts) = Compact::split(token, LONGEST) else { return false };
        let is_named = |issuer: &str| if issuer == &*self.issuer { Ok(()) } else { Err(TokenError::Issuer) };
        let is_mine = Scratch::with(|scratch| {
            let payload = Jws::new(&parts).payload(&mut scratch.payload)?;
            unverified::by_issuer(payload, is_named)
        });
        is_mine.is_ok()
    }
}

judges_only_its_own!(ByIssuer);
