//! The configuration of a verifier: its keys and its cache. `rules` has the rules for tokens.

use std::{fmt, sync::Arc};

use super::policy::Policy;
use crate::jose::{
    algorithm::Algorithm, cache::SignatureCache, hmac_key::HmacKey, key_ring::KeyRing,
    verification_key::VerificationKey,
};

/// Verifies access tokens with configured keys, each bound to one algorithm, which no token can change. Copies are cheap.
///
/// A token needs a good signature, `sub`, and an `exp` in the future. `nbf` is checked if present, `iss` and `aud` if
/// configured. If no audience is configured, a token with `aud` is refused.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier};
///
/// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
///     .issuer("https://id.example.com")
///     .audience("https://api.example.com");
/// assert!(verifier.verify("eyJhbGciOiJub25lIn0.e30.").is_err());
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Clone)]
pub struct TokenVerifier(pub(super) Arc<Inner>);

#[derive(Clone)]
pub(super) struct Inner {
    pub(super) keys: KeyRing,
    pub(super) policy: Policy,
}

impl TokenVerifier {
    /// A verifier with these keys. During a rotation, it has the new key and the old one.
    ///
    /// A token with a `kid` is verified with the keys of that `kid`, or else with the keys that have none. A token
    /// without one is verified with the keys of its algorithm. If more than two keys match, the token is refused: give
    /// the keys a `kid`. Without keys, no token is accepted.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier, jose::{Algorithm, VerificationKey}};
    /// let key = |secret| VerificationKey::hmac(Algorithm::HS256, &HmacKey::new(secret)?);
    /// let verifier = TokenVerifier::new([key([8; 32])?.with_kid("new"), key([7; 32])?.with_kid("old")]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        Self::with_policy(keys.into_iter().collect(), Policy::default())
    }

    pub(crate) fn with_policy(keys: Vec<VerificationKey>, policy: Policy) -> Self {
        Self(Arc::new(Inner { keys: KeyRing::new(keys), policy }))
    }

    /// HMAC with SHA-256 (RFC 7518 §3.2), the algorithm of FastAPI's tutorial.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn hs256(key: &HmacKey) -> Self {
        // This does not fail, because an `HmacKey` is long enough.
        Self::new(VerificationKey::hmac(Algorithm::HS256, key))
    }

    /// Caches the signatures of up to `tokens` accepted tokens, so that RSA, ECDSA and Ed25519 signatures are not
    /// verified again. The default is 0, without a cache; the maximum is 1,048,576.
    ///
    /// A cached token costs a SHA-256 instead of a verification. The claims are still checked for each request, among
    /// them `exp`, `nbf`, `iss` and `aud`. Only accepted tokens enter the cache, so refused ones displace none. An entry
    /// is a digest of the key and the encoded token: another key, or one changed byte, does not match it. It expires at
    /// `exp`, without leeway.
    ///
    /// The costs:
    ///
    /// - Memory: about 42 bytes for each of `tokens`. Entries live in sets of 16. A full set drops the least recently used one.
    ///   At twice the working set, early eviction is rare.
    /// - Timing: a cached token is answered sooner. A client that has the token can see that it was used here.
    /// - Work: a token that is used once costs the digest in addition. HMAC signatures are not cached, because they cost no more
    ///   than the digest.
    ///
    /// Copies share the cache. A copy that is configured further gets an empty one of its own.
    ///
    /// ```
    /// # use axum_scopes::{TokenVerifier, jose::{Algorithm, KeyError, VerificationKey}};
    /// # fn verifier(key: VerificationKey) -> TokenVerifier {
    /// TokenVerifier::new([key]).issuer("https://id.example.com").token_cache(10_000)
    /// # }
    /// ```
    #[must_use]
    pub fn token_cache(self, tokens: usize) -> Self {
        self.with_cache(SignatureCache::new(tokens))
    }

    /// Uses `cache`, which other verifiers may share.
    pub(crate) fn with_cache(mut self, cache: SignatureCache) -> Self {
        Arc::make_mut(&mut self.0).keys.cache = cache;
        self
    }

    /// The policy, for a change. Headers and signatures that passed the old rules are forgotten.
    pub(super) fn policy(&mut self) -> &mut Policy {
        let inner = Arc::make_mut(&mut self.0);
        inner.keys.forget();
        &mut inner.policy
    }

    #[cfg(test)]
    pub(crate) fn ring(&self) -> &KeyRing {
        &self.0.keys
    }
}

impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenVerifier")
            .field("keys", &self.0.keys.keys())
            .field("policy", &self.0.policy)
            .finish_non_exhaustive()
    }
}
