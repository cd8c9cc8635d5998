//! Verifies tokens of configured issuers, and has their keys refreshed if a token needs it.

use std::{fmt, sync::Arc};

use serde::de::DeserializeOwned;

use super::{
    error::IssuerError,
    fetch::Http,
    issuer::Issuer,
    keeper::Keeper,
    refreshed::{after_refresh, lacks_key},
    status::IssuerStatus,
};
use crate::{
    credential::presented::{BoundTokens, Presented},
    jose::{compact::Compact, jws::Jws, scratch::Scratch},
    token::{
        claims::Claims,
        error::TokenError,
        judge::{FromToken, VerifyToken},
        unverified,
        verified::{self, VerifiedToken},
        verify::{Reader, now},
        verify_error::VerifyError,
    },
};

/// Verifies access tokens of one or several [`Issuer`]s, whose keys are discovered and refreshed in the background.
/// Copies are cheap. The background tasks end with the last copy.
///
/// With several issuers, the `iss` of a token chooses the issuer whose keys and rules verify it. It is only compared with the
/// configured URLs. Only these URLs, and the URLs of keys in their documents, are fetched.
///
/// # Discovery
///
/// The discovery document is `/.well-known/openid-configuration` after the issuer's path (OpenID Connect Discovery 1.0
/// §4). If the answer is no metadata or has a status from 400 to 499, it is `/.well-known/oauth-authorization-server`
/// before the path (RFC 8414 §3). The document must name the issuer, and the URL of its keys in `jwks_uri`. All URLs are
/// HTTPS; an issuer on a loopback address may use plain HTTP, and then needs no certificates on the machine. A refresh
/// takes at most 5 seconds, each answer at most 1 MiB. Redirects are not followed, and proxies of the environment are not
/// used.
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
/// Keys are fetched at the start, at the configured interval, 30 seconds after a failed refresh, and when a token names an
/// unknown key. All tokens together cause at most one refresh in 30 seconds, and none within 30 seconds after a failed one. A
/// request that needs a refresh waits for it, at most 5 seconds. When 1,000 requests wait for one issuer, further ones are
/// [unavailable](VerifyError::Unavailable) at once.
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
pub struct IssuerVerifier(Arc<[Keeper]>);

impl IssuerVerifier {
    /// Starts to fetch the keys of `issuers` on the current Tokio runtime. It does not wait for the keys; requests do,
    /// for as long as a refresh may take.
    ///
    /// # Errors
    ///
    /// [`IssuerError`] if the configuration is invalid. An unreachable issuer is not an error, because fetching is repeated.
    ///
    /// ```
    /// # use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};
    /// // One URL is one issuer.
    /// let twice = ["https://id.example.com", "https://id.example.com"].map(Issuer::new);
    /// assert_eq!(IssuerVerifier::start(twice).unwrap_err(), IssuerError::Set);
    /// ```
    pub fn start(issuers: impl IntoIterator<Item = Issuer>) -> Result<Self, IssuerError> {
        let issuers: Vec<Issuer> = issuers.into_iter().collect();
        let is_repeated = |(i, issuer): (usize, &Issuer)| issuers[..i].iter().any(|other| other.url == issuer.url);
        if issuers.is_empty() || issuers.iter().enumerate().any(is_repeated) {
            return Err(IssuerError::Set);
        }
        let checked = issuers.into_iter().map(|issuer| Ok((issuer.check()?, Arc::new(issuer))));
        let checked = checked.collect::<Result<Vec<_>, IssuerError>>()?;
        tokio::runtime::Handle::try_current().map_err(|_| IssuerError::Runtime)?;
        let http = Http::new(checked.iter().any(|(place, _)| !place.is_plain()))?;
        let keep = |(place, issuer)| Keeper::start(Arc::clone(&issuer), http.clone().fetch(issuer, place));
        Ok(Self(checked.into_iter().map(keep).collect()))
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

    /// Whether every issuer has keys, for a readiness probe.
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
        self.0.iter().all(|keeper| keeper.verifier().is_some())
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
        self.0.iter().map(Keeper::status).collect()
    }

    #[cfg(test)]
    pub(super) fn of(keepers: impl IntoIterator<Item = Keeper>) -> Self {
        Self(keepers.into_iter().collect())
    }

    /// Verifies a token and passes its claims and payload to `read`.
    async fn read<R>(&self, presented: &Presented<'_>, read: impl Reader<R> + Copy) -> Result<R, VerifyError> {
        let bound = presented.bound_tokens()?;
        // The token's issuer is not known yet.
        let max_size = self.0.iter().map(|keeper| keeper.issuer.policy.max_size).max().unwrap_or_default();
        let parts = Compact::split(presented.token(), max_size).map_err(TokenError::from)?;
        let token = Jws::new(&parts);
        // With one issuer, its rules refuse tokens of others.
        let keeper = match &*self.0 {
            [only] => match only.verifier().map(|verifier| verifier.read(&token, now(), bound, read)) {
                Some(result) if !result.as_ref().is_err_and(lacks_key) => return Ok(result?),
                // A token of another issuer must cause no refresh.
                _ => Scratch::with(|scratch| self.named_by(token.payload(&mut scratch.payload)?))?,
            },
            _ => match self.read_by_name(&token, bound, read)? {
                Ok(read) => return Ok(read),
                Err(keeper) => keeper,
            },
        };
        token.check_size(keeper.issuer.policy.max_size).map_err(TokenError::from)?;
        after_refresh(keeper, &token, |verifier| verifier.read(&token, now(), bound, read)).await
    }

    /// Verifies with the current keys of the issuer that the token names. Returns the issuer's keeper if these lack the
    /// token's key. The payload is decoded once, for `iss` and for all claims.
    fn read_by_name<R>(
        &self,
        token: &Jws<'_>,
        bound: BoundTokens,
        read: impl Reader<R>,
    ) -> Result<Result<R, &Keeper>, TokenError> {
        Scratch::with(|Scratch { payload, signature }| {
            let payload = token.payload(payload)?;
            let keeper = self.named_by(payload)?;
            let Some(verifier) = keeper.verifier() else { return Ok(Err(keeper)) };
            match verifier.read_decoded(token, (payload, signature), now(), bound, read) {
                Err(error) if lacks_key(&error) => Ok(Err(keeper)),
                read => read.map(Ok),
            }
        })
    }

    /// The keeper of the issuer that the claims name.
    fn named_by(&self, claims: &str) -> Result<&Keeper, TokenError> {
        unverified::by_issuer(claims, |named| {
            self.0.iter().find(|keeper| keeper.issuer.is_named(named)).ok_or(TokenError::Issuer)
        })
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
        self.0.iter().flat_map(|keeper| keeper.issuer.expected(error)).collect()
    }
}

impl fmt::Debug for IssuerVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IssuerVerifier").field(&self.status()).finish()
    }
}
