//! Verifies tokens of configured issuers, and has their keys refreshed if a token needs it.

use std::{fmt, sync::Arc};

use serde::de::DeserializeOwned;

use super::{error::IssuerError, issuer::Issuer, keeper::Keeper, roster::Roster, status::IssuerStatus};
use crate::{
    credential::presented::Presented,
    token::{
        claims::Claims,
        error::TokenError,
        judge::{FromToken, VerifyToken},
        verified::{self, VerifiedToken},
        verify::now,
        verify_error::VerifyError,
    },
};

/// Verifies access tokens of one or several [`Issuer`]s, whose keys are discovered and refreshed in the background.
/// Copies are cheap. The background tasks end with the last copy.
///
/// With several issuers, the `iss` of a token chooses the issuer whose keys and rules verify it. It is only compared with the
/// configured URLs. Only these URLs, and the URLs of keys in their documents, are fetched. Other issuers come and go while it
/// runs, if the service says which: [`builder`](Self::builder), [`add`](Self::add).
///
/// # Discovery
///
/// The discovery document is `/.well-known/openid-configuration` after the issuer's path (OpenID Connect Discovery 1.0
/// §4). If the answer is no metadata or has a status from 400 to 499, it is `/.well-known/oauth-authorization-server`
/// before the path (RFC 8414 §3). The document must name the issuer, and the URL of its keys in `jwks_uri`. All URLs are
/// HTTPS; an issuer on a loopback address may use plain HTTP, and then needs no certificates on the machine. A refresh
/// takes at most 5 seconds, each answer at most 1 MiB. Redirects are not followed, and proxies of the environment are not
/// used unless [`Connections`](crate::issuer::Connections) says so.
///
/// # Keys
///
/// A set has at most 100 entries. An entry for another purpose is ignored. An invalid entry is skipped, and logged with its
/// index and `kid` when it first appears: an RSA key of fewer than 2048 bits, a private key, a member that is missing or has
/// the wrong type (RFC 7517 §5). The other keys are used.
///
/// A key that is listed twice is one key. If two different keys have the same `kid` and algorithm, a token is tried with
/// both. If three or more do, all of them are skipped, because a forged token must not cost that many verifications.
///
/// # Refreshing
///
/// Keys are fetched at the start, at the configured interval (or sooner if an answer is fresh for a shorter time, but at
/// least a minute later), 30 seconds after a failed refresh, and when a token names an unknown key. All tokens together cause
/// at most one refresh in 30 seconds, and none within 30 seconds after a failed one. A request that needs a refresh waits for
/// it, at most 5 seconds. When 1,000 requests wait for one issuer, further ones are [unavailable](VerifyError::Unavailable)
/// at once.
///
/// A well-formed set replaces all earlier keys of its issuer, even if none of its keys can be used: keys that are not
/// listed are withdrawn. A refresh that fails otherwise changes nothing. The keys are then used until a refresh succeeds,
/// at most for a day ([`Issuer::max_key_age`]). Without keys, tokens of the issuer are
/// [unavailable](VerifyError::Unavailable).
///
/// If the issuer replaces a key and keeps the `kid`, the new key is found at the next interval.
///
/// ```no_run
/// use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), IssuerError> {
/// let verifier = IssuerVerifier::start([
///     Issuer::new("https://id.example.com").audience("https://api.example.com"),
/// ])?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct IssuerVerifier(Arc<Inner>);

struct Inner {
    /// From the start to the end.
    fixed: Box<[Keeper]>,
    roster: Roster,
}

impl IssuerVerifier {
    pub(super) fn with(fixed: Box<[Keeper]>, roster: Roster) -> Self {
        Self(Arc::new(Inner { fixed, roster }))
    }

    pub(super) fn parts(&self) -> (&[Keeper], &Roster) {
        (&self.0.fixed, &self.0.roster)
    }

    /// Accepts the tokens of another issuer from now on, here and in all copies, and starts to fetch its keys on the current
    /// Tokio runtime. [`IssuerVerifierBuilder::at_most`](crate::issuer::IssuerVerifierBuilder::at_most) bounds their number.
    ///
    /// # Errors
    ///
    /// [`IssuerError`] if the issuer's configuration is invalid, if there is an issuer with this URL or a
    /// template that accepts it, if it is a [template](Issuer::template) itself, or if there are too many.
    ///
    /// ```
    /// use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};
    ///
    /// fn sign_up(verifier: &IssuerVerifier, realm: &str) -> Result<(), IssuerError> {
    ///     verifier.add(Issuer::new(format!("https://id.example.com/realms/{realm}")).audience("api"))
    /// }
    /// ```
    pub fn add(&self, issuer: Issuer) -> Result<(), IssuerError> {
        if self.0.fixed.iter().any(|fixed| fixed.issuer.hides(&issuer)) {
            return Err(IssuerError::Set);
        }
        self.0.roster.add(issuer)
    }

    /// Refuses the tokens of an issuer from now on, here and in all copies, and forgets its keys. Returns whether there was
    /// such an issuer. One from the start stays, and one that [`resolve`](crate::issuer::IssuerVerifierBuilder::resolve)
    /// accepts comes back with its next token.
    ///
    /// ```
    /// use axum_scopes::issuer::IssuerVerifier;
    ///
    /// fn sign_off(verifier: &IssuerVerifier, realm: &str) -> bool {
    ///     verifier.remove(&format!("https://id.example.com/realms/{realm}"))
    /// }
    /// ```
    #[expect(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn remove(&self, url: &str) -> bool {
        self.0.roster.remove(url)
    }

    /// Verifies a token and reads its claims. It may wait for a refresh.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Token`] with the first rule that the token breaks. [`VerifyError::Unavailable`] if the token's key
    /// is not there because fetching has failed, or because too many requests wait for it already.
    ///
    /// ```
    /// use axum_scopes::{issuer::IssuerVerifier, token::VerifyError};
    ///
    /// async fn who(verifier: &IssuerVerifier, token: &str) -> Result<String, VerifyError> {
    ///     Ok(verifier.verify(token).await?.sub.as_str().to_owned())
    /// }
    /// ```
    pub async fn verify(&self, token: &str) -> Result<Claims, VerifyError> {
        self.read(&Presented::bearer(token), |claims, _| Ok(claims)).await
    }

    /// Verifies a token and reads its claims as a type of your own.
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify), and [`TokenError::ClaimsType`] if the claims do not fit `C`.
    ///
    /// ```
    /// use axum_scopes::{issuer::IssuerVerifier, token::VerifyError};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Ticket { seat: u16 }
    ///
    /// async fn seat(verifier: &IssuerVerifier, token: &str) -> Result<u16, VerifyError> {
    ///     Ok(verifier.verify_as::<Ticket>(token).await?.seat)
    /// }
    /// ```
    pub async fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<C, VerifyError> {
        self.read(&Presented::bearer(token), |_, payload| verified::read(payload)).await
    }

    /// Verifies a token and keeps its payload, from which claims can borrow.
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify).
    ///
    /// ```
    /// use axum_scopes::{issuer::IssuerVerifier, token::VerifyError};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tenant<'a> { tenant: &'a str }
    ///
    /// async fn is_ours(verifier: &IssuerVerifier, token: &str) -> Result<bool, VerifyError> {
    ///     let token = verifier.verify_token(token).await?;
    ///     Ok(token.claims_as::<Tenant<'_>>()?.tenant == "acme")
    /// }
    /// ```
    pub async fn verify_token(&self, token: &str) -> Result<VerifiedToken, VerifyError> {
        self.read(&Presented::bearer(token), |claims, payload| Ok(VerifiedToken::new(claims, payload))).await
    }

    /// Whether every issuer has keys, for a readiness probe. Issuers that are resolved do not count, because tokens choose
    /// them.
    ///
    /// ```
    /// use axum::{extract::State, http::StatusCode};
    /// use axum_scopes::issuer::IssuerVerifier;
    ///
    /// async fn ready(State(verifier): State<IssuerVerifier>) -> StatusCode {
    ///     if verifier.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
    /// }
    /// ```
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let has_keys = |keeper: &Keeper| keeper.verifier(now()).is_some();
        let Inner { fixed, roster } = &*self.0;
        fixed.iter().all(has_keys) && roster.all().iter().filter(|kept| kept.is_added()).all(|kept| has_keys(kept))
    }

    /// The status of each issuer's keys.
    ///
    /// ```
    /// use axum_scopes::issuer::IssuerVerifier;
    ///
    /// fn has_failed_last(verifier: &IssuerVerifier) -> bool {
    ///     verifier.status().iter().any(|issuer| issuer.last_failure.as_ref().map(|(at, _)| *at) > issuer.last_success)
    /// }
    /// ```
    #[must_use]
    pub fn status(&self) -> Vec<IssuerStatus> {
        let Inner { fixed, roster } = &*self.0;
        fixed.iter().map(Keeper::status).chain(roster.all().iter().map(|kept| kept.status())).collect()
    }

    #[cfg(test)]
    pub(super) fn of(keepers: impl IntoIterator<Item = Keeper>) -> Self {
        let nothing = Roster::new(Box::new(|_| Err(IssuerError::Runtime)), None, 1);
        Self::with(keepers.into_iter().collect(), nothing)
    }
}

impl VerifyToken for IssuerVerifier {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        self.read(presented, T::from_token).await
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.fixed.iter().flat_map(|keeper| keeper.issuer.expected(error)).collect()
    }
}

impl fmt::Debug for IssuerVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IssuerVerifier").field(&self.status()).finish()
    }
}
