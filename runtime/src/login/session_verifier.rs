//! Verifies access tokens of the service's own, without a database: takes a token, refuses it if its session has ended.

#[cfg(test)]
mod tests;

use std::{
    cell::OnceCell,
    fmt,
    ops::Range,
    sync::{Arc, RwLock, RwLockReadGuard},
};

use super::{revocations::Revocations, signing_keys::SigningKeys, store::SessionId};
use crate::{
    credential::presented::Presented,
    jose::cache::SignatureCache,
    token::{
        error::TokenError,
        judge::{FromToken, VerifyToken},
        policy::Policy,
        profile::Profile,
        verified::VerifiedToken,
        verifier::TokenVerifier,
        verify::{Reader, now},
        verify_error::VerifyError,
    },
};

/// Verifies the tokens of [`AccessTokens`](crate::login::AccessTokens). A token whose session has ended is refused as soon as [`Revocations`] know of it, and every
/// token gets 503 if nobody has told them for too long. A key is refused once its time is over. Copies are cheap.
///
/// A token that is bound to its sender (`cnf`) needs a [`CertificateVerifier`](crate::sender::CertificateVerifier) or a `SenderVerifier`
/// around this verifier.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::{
///     Claims, Scopes, credential::{Presented, PresentedAs},
///     login::{AccessGrant, AccessTokens, Revocations, SessionVerifier, SigningKeys, store::SessionId},
///     token::{TokenError, VerifyToken},
/// };
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let keys = SigningKeys::from_jwks(&SigningKeys::generate(SystemTime::now(), Duration::from_secs(3600))?)?;
/// let tokens = AccessTokens::new(keys, "https://api.example.com", "https://api.example.com");
/// let revocations = Revocations::new(tokens.lifetime_of_tokens(), Duration::from_secs(60));
/// let verifier: SessionVerifier = tokens.verifier(&revocations);
///
/// let session = SessionId::from_bytes([7; 16]);
/// let scope = Scopes::from("me");
/// let token = tokens.sign(&AccessGrant { subject: "johndoe", client_id: "web", scope: &scope, session, cnf: None })?;
/// let presented = Presented::new(&token, PresentedAs::Bearer);
///
/// // `Sessions` do so every 5 seconds.
/// revocations.update(SystemTime::now(), &[]);
/// assert_eq!(verifier.judge_as::<Claims>(&presented).await?.sub, "johndoe");
///
/// revocations.end(session, SystemTime::now());
/// assert_eq!(verifier.judge_as::<Claims>(&presented).await, Err(TokenError::Inactive.into()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SessionVerifier(Arc<Inner>);

struct Inner {
    keys: SigningKeys,
    revocations: Revocations,
    policy: Policy,
    cache: SignatureCache,
    current: RwLock<Current>,
}

/// A verifier with the keys of one state.
struct Current {
    version: u64,
    holds: Range<f64>,
    verifier: TokenVerifier,
}

impl SessionVerifier {
    /// Verifies tokens of `issuer` for `audience`.
    pub(super) fn new(keys: SigningKeys, issuer: &str, audience: &str, revocations: Revocations) -> Self {
        let mut policy = Policy { issuer: Some(issuer.to_owned()), profile: Profile::Rfc9068, ..Policy::default() };
        policy.set_audiences([audience]);
        Self::of(keys, revocations, policy, SignatureCache::default())
    }

    fn of(keys: SigningKeys, revocations: Revocations, policy: Policy, cache: SignatureCache) -> Self {
        let verifier = TokenVerifier::with_policy(Vec::new(), policy.clone());
        // Holds at no time, so that the first token finds the keys.
        let current = RwLock::new(Current { version: 0, holds: 0.0..0.0, verifier });
        Self(Arc::new(Inner { keys, revocations, policy, cache, current }))
    }

    /// Caches the signatures of up to `tokens` accepted tokens, as [`TokenVerifier::token_cache`] does. Sessions are looked up for each
    /// request all the same.
    ///
    /// ```
    /// # use axum_scopes::login::{AccessTokens, Revocations, SessionVerifier};
    /// fn verifier(tokens: &AccessTokens, revocations: &Revocations) -> SessionVerifier {
    ///     tokens.verifier(revocations).token_cache(10_000)
    /// }
    /// ```
    #[must_use]
    pub fn token_cache(self, tokens: usize) -> Self {
        let Inner { keys, revocations, policy, .. } = &*self.0;
        Self::of(keys.clone(), revocations.clone(), policy.clone(), SignatureCache::new(tokens))
    }

    /// The verifier with the keys that are accepted at `now`, if it is there. Nobody waits here: neither for those who verify, nor for who
    /// has new keys.
    #[inline]
    fn current(&self, now: f64) -> Option<RwLockReadGuard<'_, Current>> {
        let Inner { keys, current, .. } = &*self.0;
        let current = current.try_read().ok()?;
        (current.version == keys.version() && current.holds.contains(&now)).then_some(current)
    }

    #[cold]
    fn renewed(&self, now: f64) -> TokenVerifier {
        let Inner { keys, policy, cache, current, .. } = &*self.0;
        let state = keys.state_at(now);
        let verifier = TokenVerifier::with_policy(state.accepted.clone(), policy.clone()).with_cache(cache.clone());
        // Others may still verify with the old one. One of the next requests keeps the new one.
        if let Ok(mut current) = current.try_write() {
            *current = Current { version: state.version, holds: state.holds.clone(), verifier: verifier.clone() };
        }
        verifier
    }

    #[inline]
    fn judge_at<T: FromToken>(&self, presented: &Presented<'_>, now: f64) -> Result<T, VerifyError> {
        if self.0.revocations.is_current_at(now) {
            self.read_at(presented, now, T::from_token)
        } else {
            // A token that is refused anyway is no reason to try again.
            self.read_at(presented, now, |_, _| Ok(()))?;
            Err(Revocations::unavailable())
        }
    }

    /// Passes what it reads on without a copy, because claims are large.
    #[inline]
    fn read_at<R>(&self, presented: &Presented<'_>, now: f64, read: impl Reader<R>) -> Result<R, VerifyError> {
        let bound = presented.bound_tokens()?;
        let session = |sid: Option<&str>, lifetime: f64| {
            let sid = sid.ok_or(TokenError::MissingClaim("sid"))?;
            let wrong = TokenError::WrongClaim { claim: "sid", found: "a string that names no session" };
            let ended = self.0.revocations.has_ended(SessionId::parse(sid).ok_or(wrong)?);
            if ended {
                return Err(TokenError::Inactive);
            }
            // Otherwise the list may have forgotten the end of the session.
            let too_long =
                TokenError::WrongClaim { claim: "exp", found: "a time that ended sessions are not remembered until" };
            if lifetime <= self.0.revocations.longest() { Ok(()) } else { Err(too_long) }
        };
        let (current, renewed) = (self.current(now), OnceCell::new());
        let verifier = match &current {
            Some(current) => &current.verifier,
            None => renewed.get_or_init(|| self.renewed(now)),
        };
        Ok(verifier.read_with_session(presented.token(), now, bound, session, read)?)
    }
}

impl VerifyToken for SessionVerifier {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        self.judge_at(presented, now())
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.policy.expected(error)
    }
}

impl fmt::Debug for SessionVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { keys, revocations, .. } = &*self.0;
        f.debug_struct("SessionVerifier").field("keys", keys).field("revocations", revocations).finish_non_exhaustive()
    }
}
