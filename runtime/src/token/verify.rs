//! Verifying: a token in, claims that may be believed out.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::de::DeserializeOwned;

use super::{
    algorithm::Algorithm,
    cache::{Signed, TokenCache},
    claims::Claims,
    compact::{self, Compact},
    error::TokenError,
    header::{self, Profile},
    key::HmacKey,
    policy::Policy,
    scope_claim::ScopeClaim,
    scratch::Scratch,
    verification_key::VerificationKey,
    verified::{self, VerifiedToken},
};

/// More than clocks that are set over the network ever differ.
const MAX_LEEWAY: Duration = Duration::from_secs(300);

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
/// # Ok::<_, axum_scopes::KeyError>(())
/// ```
#[derive(Clone)]
pub struct TokenVerifier(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    keys: Vec<VerificationKey>,
    /// By which a thread finds what it has prepared.
    id: u64,
    policy: Policy,
    cache: TokenCache,
}

impl TokenVerifier {
    /// With these keys: a token is signed with one of them. Whoever rotates keys has the new and the old one for a while.
    ///
    /// A token that names its key by `kid` is verified with the key of that name, or else with those that have none; one
    /// that does not is tried with all keys of its algorithm. Without keys, no token is accepted.
    ///
    /// ```
    /// # use axum_scopes::{Algorithm, HmacKey, TokenVerifier, VerificationKey};
    /// let key = |secret| VerificationKey::hmac(Algorithm::HS256, &HmacKey::new(secret)?);
    /// let verifier = TokenVerifier::new([key([8; 32])?.with_id("new"), key([7; 32])?.with_id("old")]);
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        let keys = keys.into_iter().collect();
        Self(Arc::new(Inner { keys, id: new_id(), policy: Policy::default(), cache: TokenCache::default() }))
    }

    /// HMAC with SHA-256 (RFC 7518 §3.2), the algorithm of FastAPI's tutorial.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
    /// # Ok::<_, axum_scopes::KeyError>(())
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
    /// # Ok::<_, axum_scopes::KeyError>(())
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
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.policy().leeway = leeway.min(MAX_LEEWAY).as_secs_f64();
        self
    }

    /// Accepts only tokens whose `iss` (RFC 7519 §4.1.1) is `issuer`, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).issuer("https://id.example.com");
    /// # Ok::<_, axum_scopes::KeyError>(())
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
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.policy().audience = Some(audience.into());
        self
    }

    /// Which claim says what a token grants: `scope`, unless it is set. A claims type of your own decides for itself.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, ScopeClaim, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).scope_claim(ScopeClaim::Scopes);
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn scope_claim(mut self, claim: ScopeClaim) -> Self {
        self.policy().scope_claim = claim;
        self
    }

    /// Reads the claims of a token, if it is to be believed.
    ///
    /// ```
    /// # use axum_scopes::{Claims, HmacKey, TokenSigner, TokenVerifier};
    /// # use std::time::Duration;
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key).sign(&Claims::new("johndoe", "me", Duration::from_secs(60)))?;
    /// let claims = TokenVerifier::hs256(&key).verify(&token)?;
    /// assert_eq!((claims.sub.as_str(), claims.scope.as_str()), ("johndoe", "me"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError`], which names the first rule that the token breaks.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        self.verify_at(token, now())
    }

    pub(super) fn verify_at(&self, token: &str, now: f64) -> Result<Claims, TokenError> {
        self.0.read(token, now, |claims| self.0.policy.check(claims, now).map(|claims| (claims.exp, claims)))
    }

    /// [`verify`](Self::verify) with a claims type of your own.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenSigner, TokenVerifier};
    /// # #[derive(serde::Serialize)] struct Signed { sub: &'static str, exp: u64, seat: u16 }
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key).sign(&Signed { sub: "johndoe", exp: 4_102_444_800, seat: 12 })?;
    /// #[derive(serde::Deserialize)]
    /// struct Ticket { sub: String, seat: u16 }
    ///
    /// let ticket: Ticket = TokenVerifier::hs256(&key).verify_as(&token)?;
    /// assert_eq!((ticket.sub.as_str(), ticket.seat), ("johndoe", 12));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify); also where the claims do not have the shape of `C`.
    pub fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<C, TokenError> {
        let now = now();
        self.0.read(token, now, |claims| {
            let Claims { exp, .. } = self.0.policy.check(claims, now)?;
            Ok((exp, verified::read(claims)?))
        })
    }

    /// [`verify`](Self::verify) with the token's payload at hand: for claims that borrow from it.
    ///
    /// ```
    /// use axum_scopes::{TokenError, TokenVerifier};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tenant<'a> { tenant: &'a str }
    ///
    /// fn is_ours(verifier: &TokenVerifier, token: &str) -> Result<bool, TokenError> {
    ///     let token = verifier.verify_token(token)?;
    ///     Ok(token.claims_as::<Tenant<'_>>()?.tenant == "acme")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify).
    pub fn verify_token(&self, token: &str) -> Result<VerifiedToken, TokenError> {
        let now = now();
        self.0.read(token, now, |payload| {
            let claims = self.0.policy.check(payload, now)?;
            Ok((claims.exp, VerifiedToken::new(claims, payload)))
        })
    }

    /// Whether all but the claims is good, of a token whose payload may be none.
    #[cfg(test)]
    pub(super) fn is_signed(&self, token: &str) -> bool {
        let is_signed = |token: Compact<'_>, scratch: &mut Scratch| {
            self.0.check(&token, now(), scratch).is_ok() && compact::decode(token.claims, &mut scratch.claims).is_some()
        };
        Compact::split(token).is_some_and(|token| Scratch::with(|scratch| is_signed(token, scratch)))
    }

    #[cfg(test)]
    pub(super) fn remembers(&self, header: &str) -> bool {
        Scratch::with(|scratch| scratch.key_of(self.0.id, header).is_some())
    }

    #[cfg(test)]
    pub(super) fn cache(&self) -> &TokenCache {
        &self.0.cache
    }

    /// Other verifiers may have it, too: what is in it is about keys and tokens, and no rule is skipped for it.
    pub(super) fn with_cache(mut self, cache: TokenCache) -> Self {
        Arc::make_mut(&mut self.0).cache = cache;
        self
    }

    fn policy(&mut self) -> &mut Policy {
        let inner = Arc::make_mut(&mut self.0);
        inner.id = new_id();
        inner.cache = inner.cache.emptied();
        &mut inner.policy
    }
}

impl Inner {
    /// What `read` makes of the claims of a token whose signature is good, beside when that expires.
    fn read<R>(
        &self,
        token: &str,
        now: f64,
        read: impl FnOnce(&str) -> Result<(u64, R), TokenError>,
    ) -> Result<R, TokenError> {
        let token = Compact::split(token).ok_or(TokenError::Malformed)?;
        Scratch::with(|scratch| {
            let signed = self.check(&token, now, scratch)?;
            let claims = compact::decode_text(token.claims, &mut scratch.claims).ok_or(TokenError::Malformed)?;
            let (exp, claims) = read(claims)?;
            self.cache.keep(signed, exp, now);
            Ok(claims)
        })
    }

    /// Header and signature.
    fn check(&self, token: &Compact<'_>, now: f64, scratch: &mut Scratch) -> Result<Signed, TokenError> {
        if let Some(key) = scratch.key_of(self.id, token.header) {
            let signature = compact::decode(token.signature, &mut scratch.signature).ok_or(TokenError::Malformed)?;
            return self.cache.signer(&self.keys, &[key], token, signature, now);
        }
        let (candidates, is_unambiguous) = self.candidates(token.header)?;
        let signature = compact::decode(token.signature, &mut scratch.signature).ok_or(TokenError::Malformed)?;
        let signed = self.cache.signer(&self.keys, &candidates, token, signature, now)?;
        if is_unambiguous {
            scratch.note(self.id, token.header, signed.key);
        }
        Ok(signed)
    }

    /// The keys that may have signed a token with this header, and whether there is only one.
    fn candidates(&self, header: &str) -> Result<(Vec<usize>, bool), TokenError> {
        header::read(header, |header| {
            let algorithm = header.algorithm().ok_or(TokenError::Algorithm)?;
            let suits = |key: &VerificationKey| key.algorithm() == algorithm;
            if !self.keys.iter().any(suits) {
                return Err(TokenError::Algorithm);
            }
            if !header.is_access_token(self.policy.profile) {
                return Err(TokenError::Header);
            }
            let with_id = |id: Option<&str>| -> Vec<usize> {
                let keys = self.keys.iter().enumerate();
                keys.filter(|(_, key)| suits(key) && key.id() == id).map(|(i, _)| i).collect()
            };
            let candidates = match header.key_id() {
                // A key without a name may be the one that the token names.
                Some(id) => Some(with_id(Some(id))).filter(|named| !named.is_empty()).unwrap_or_else(|| with_id(None)),
                None => (0..self.keys.len()).filter(|i| suits(&self.keys[*i])).collect(),
            };
            if candidates.is_empty() {
                return Err(TokenError::Key);
            }
            let is_unambiguous = candidates.len() == 1;
            Ok((candidates, is_unambiguous))
        })
    }
}

/// A number that no other verifier, and no other state of this one, has or had.
fn new_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Seconds since 1970. By a clock that is set to before that, every token has expired.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(f64::INFINITY, |now| now.as_secs_f64())
}

impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenVerifier")
            .field("keys", &self.0.keys)
            .field("policy", &self.0.policy)
            .finish_non_exhaustive()
    }
}
