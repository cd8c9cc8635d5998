//! Access tokens of the service's own (RFC 9068): takes a grant, yields a signed token.

#[cfg(test)]
mod tests;

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use serde::Serialize;

use super::{
    random, revocations::Revocations, session_verifier::SessionVerifier, signing_keys::SigningKeys, store::SessionId,
    times,
};
use crate::{
    scopes::set::Scopes,
    token::{confirmation::Confirmation, error::SignError, verify::now},
};

const LIFETIME: Duration = Duration::from_secs(300);
const LONGEST: Duration = Duration::from_secs(3600);
const SHORTEST: Duration = Duration::from_secs(1);

/// Signs access tokens in the profile of RFC 9068: `typ` is `at+jwt`, and the claims are `iss`, `aud`, `sub`, `client_id`, `iat`,
/// `exp`, `jti`, `sid`, `scope`, and `cnf` for tokens that are bound to a key. Copies are cheap.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::{Scopes, login::{AccessGrant, AccessTokens, SigningKeys, store::SessionId}};
///
/// let keys = SigningKeys::from_jwks(&SigningKeys::generate(SystemTime::now(), Duration::from_secs(3600))?)?;
/// let tokens = AccessTokens::new(keys, "https://api.example.com", "https://api.example.com");
/// let token = tokens.sign(&AccessGrant {
///     subject: "johndoe",
///     client_id: "web",
///     scope: &Scopes::from("me items"),
///     session: SessionId::from_bytes([7; 16]),
///     cnf: None,
/// })?;
/// assert_eq!(token.split('.').count(), 3);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct AccessTokens {
    keys: SigningKeys,
    issuer: Arc<str>,
    audience: Arc<str>,
    lifetime: Duration,
}

/// What an access token is to say.
#[derive(Clone, Debug)]
pub struct AccessGrant<'a> {
    /// Who has logged in, or the client for itself.
    pub subject: &'a str,
    /// The client that asks.
    pub client_id: &'a str,
    /// What is granted.
    pub scope: &'a Scopes,
    /// The session, for the claim `sid`.
    pub session: SessionId,
    /// What the token is bound to.
    pub cnf: Option<Confirmation>,
}

/// RFC 9068 §2.2.
#[derive(Serialize)]
struct AccessClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    client_id: &'a str,
    iat: u64,
    exp: u64,
    jti: &'a str,
    sid: &'a str,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<&'a Confirmation>,
}

impl AccessTokens {
    /// Tokens of `issuer`, an HTTPS URL (or HTTP at a loopback address), for `audience`. They live for 5 minutes.
    #[must_use]
    pub fn new(keys: SigningKeys, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self { keys, issuer: issuer.into().into(), audience: audience.into().into(), lifetime: LIFETIME }
    }

    /// Sets how long tokens live, from a second to an hour. A token that is taken back is refused all the same as soon as its verifiers
    /// know, so this is how long they have to remember.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::login::{AccessTokens, SigningKeys};
    /// fn tokens(keys: SigningKeys) -> AccessTokens {
    ///     AccessTokens::new(keys, "https://api.example.com", "api").lifetime(Duration::from_secs(600))
    /// }
    /// ```
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        Self { lifetime: lifetime.clamp(SHORTEST, LONGEST), ..self }
    }

    /// How long tokens live.
    #[must_use]
    pub fn lifetime_of_tokens(&self) -> Duration {
        self.lifetime
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The audience.
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &SigningKeys {
        &self.keys
    }

    /// Signs a token.
    ///
    /// # Errors
    ///
    /// [`SignError`] if no key may sign now, or if the operating system has no random numbers.
    pub fn sign(&self, grant: &AccessGrant<'_>) -> Result<String, SignError> {
        self.sign_at(grant, now())
    }

    /// Signs a token that lives no longer than its session, which ends at `end` at the latest. Returns how long it lives.
    pub(super) fn sign_until(&self, grant: &AccessGrant<'_>, end: SystemTime) -> Result<(String, Duration), SignError> {
        let now = now();
        let left = Duration::from_secs(times::whole_seconds(end).saturating_sub(now as u64));
        let lifetime = self.lifetime.min(left);
        Ok((self.sign_for(grant, now, lifetime)?, lifetime))
    }

    pub(super) fn sign_at(&self, grant: &AccessGrant<'_>, now: f64) -> Result<String, SignError> {
        self.sign_for(grant, now, self.lifetime)
    }

    fn sign_for(&self, grant: &AccessGrant<'_>, now: f64, lifetime: Duration) -> Result<String, SignError> {
        self.keys.keep_for(self.lifetime, now);
        let state = self.keys.state_at(now);
        let signer = state.signer.as_ref().ok_or(SignError::NO_KEY)?;
        let iat = now as u64;
        signer.sign(&AccessClaims {
            iss: &self.issuer,
            aud: &self.audience,
            sub: grant.subject,
            client_id: grant.client_id,
            iat,
            exp: iat.saturating_add(lifetime.as_secs()),
            jti: &random::text::<16>().map_err(|_| SignError::RANDOM)?,
            sid: &grant.session.to_string(),
            scope: grant.scope.as_str(),
            cnf: grant.cnf.as_ref(),
        })
    }

    /// Verifies these tokens, and refuses those of sessions that have ended.
    #[must_use]
    pub fn verifier(&self, revocations: &Revocations) -> SessionVerifier {
        self.keys.keep_for(self.lifetime, now());
        SessionVerifier::new(self.keys.clone(), &self.issuer, &self.audience, revocations.clone())
    }
}
