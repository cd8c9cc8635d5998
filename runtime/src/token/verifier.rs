//! What is configured to verify tokens: keys, and the rules that tokens keep.

use std::{fmt, sync::Arc, time::Duration};

use super::{policy::Policy, profile::Profile, scope_claim::ScopeClaim};
use crate::jose::{
    algorithm::Algorithm, cache::SignatureCache, hmac_key::HmacKey, key_ring::KeyRing,
    verification_key::VerificationKey,
};

/// Verifies access tokens with configured keys, each bound to one algorithm, which no token can change. Copies are cheap.
///
/// Beyond a good signature, a token needs `sub` and an `exp` that lies ahead. `nbf` is kept where it is present, `iss`
/// and `aud` where they are configured, and a token that names an audience is refused where none is.
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
    /// With these keys: a token is signed with one of them. Whoever rotates keys has the new and the old one for a while.
    ///
    /// A token that names its key by `kid` is verified with the key of that name, or else with those that have none; one
    /// that does not is tried with the keys of its algorithm. Where more than two would have to be tried, it is refused:
    /// give them names. Without keys, no token is accepted.
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
        // An `HmacKey` is long enough for it.
        Self::new(VerificationKey::hmac(Algorithm::HS256, key))
    }

    /// Asks for all that the JSON Web Token Profile for OAuth 2.0 Access Tokens does (RFC 9068 §4): `typ` is `at+jwt`, and
    /// beside `sub` and `exp` there are `iss`, `aud`, `client_id`, `iat` and `jti`.
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

    /// By how much the clock of the issuer may differ from ours, for `exp` and `nbf`: nothing unless it is set, and at
    /// most 300 seconds.
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

    /// Accepts only tokens whose `typ` (RFC 7515 §4.1.9) is one of these, in any case, with or without `application/`; also
    /// where [`rfc9068`](Self::rfc9068) asks for `at+jwt`, for issuers that keep all of it but that.
    ///
    /// Unless it is set, a token may be of type `JWT` or `at+jwt`, or of none.
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

    /// Refuses tokens of more bytes unread: of more than 16,384, unless it is set.
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

    /// Which claim says what a token grants: `scope`, unless it is set. A claims type of your own decides for itself.
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

    /// Keeps for up to `tokens` accepted tokens that their signature is good, so that they are not verified with RSA, ECDSA
    /// or Ed25519 again. Off unless it is set, and with 0; at most 1,048,576.
    ///
    /// A token in the cache costs a SHA-256 instead of the signature's arithmetic; everything else is checked as without
    /// it, `exp`, `nbf`, `iss` and `aud` among it. Only accepted tokens get in: others neither fill it nor displace
    /// anything. An entry is a digest of the key and the whole token, encoded as it came. So with another key nothing is
    /// found, and one changed byte makes it another token. It is dropped at `exp`, without leeway.
    ///
    /// What it trades:
    ///
    /// - Memory, about 42 bytes for each of `tokens`. Where it is full, one that was not used for long goes. That is seen in
    ///   parts of 16, so give it room for twice as many as are in use at a time, and next to none goes too early.
    /// - The answer to a token that is in it comes sooner, which tells who has the token that it was used here.
    /// - A token that is used once costs the digest on top. With HMAC, nothing is kept: that costs no more than the digest.
    ///
    /// Copies share the cache; a copy that is configured further has one of its own, which is empty.
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

    /// Other verifiers may have it, too: what is in it is about keys and tokens, and no rule is skipped for it.
    pub(crate) fn with_cache(mut self, cache: SignatureCache) -> Self {
        Arc::make_mut(&mut self.0).keys.set_cache(cache);
        self
    }

    /// The policy, to be changed. What the old rules have accepted is forgotten.
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
