//! The configuration of a verifier: its keys, and the rules for tokens.

use std::{fmt, sync::Arc, time::Duration};

use super::{policy::Policy, profile::Profile, scope_claim::ScopeClaim};
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

    /// Requires the JSON Web Token Profile for OAuth 2.0 Access Tokens (RFC 9068 §4): `typ` is `at+jwt`, and `iss`, `aud`,
    /// `client_id`, `iat` and `jti` are present as well.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
    ///     .rfc9068("https://id.example.com", "https://api.example.com");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn rfc9068(self, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        let mut verifier = self.issuer(issuer).audience(audience);
        verifier.policy().profile = Profile::Rfc9068;
        verifier
    }

    /// Allows the issuer's clock to differ by `leeway` when `exp` and `nbf` are checked. The default is 0, the maximum
    /// 300 seconds.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// # use std::time::Duration;
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).leeway(Duration::from_secs(30));
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.policy().set_leeway(leeway);
        self
    }

    /// Accepts only tokens whose `iss` (RFC 7519 §4.1.1) is `issuer`, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).issuer("https://id.example.com");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.policy().issuer = Some(issuer.into());
        self
    }

    /// Accepts only tokens whose `aud` (RFC 7519 §4.1.3) is `audience` or a list with it, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).audience("https://api.example.com");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.policy().audience = Some(audience.into());
        self
    }

    /// Accepts only tokens whose `typ` (RFC 7515 §4.1.9) is one of these, in any case, with or without `application/`. By
    /// default, `typ` is `JWT`, `at+jwt` or absent.
    ///
    /// This replaces the `at+jwt` of [`rfc9068`](Self::rfc9068), for issuers that keep the rest of the profile.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
    ///     .rfc9068("https://id.example.com", "https://api.example.com")
    ///     .token_types(["at+jwt", "JWT"]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn token_types(mut self, types: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy().set_types(types);
        self
    }

    /// Refuses longer tokens before parsing them. The default is 16,384 bytes.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).max_token_size(4096);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn max_token_size(mut self, bytes: usize) -> Self {
        self.policy().max_size = bytes;
        self
    }

    /// Reads the scopes from this claim. The default is `scope`. A claims type of your own decides for itself.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier, token::ScopeClaim};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).scope_claim(ScopeClaim::Scopes);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn scope_claim(mut self, claim: ScopeClaim) -> Self {
        self.policy().scope_claim = claim;
        self
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
    fn policy(&mut self) -> &mut Policy {
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
