//! Verifies tokens of configured issuers, with keys that are as new as they have to be.

use std::{fmt, sync::Arc};

use serde::de::DeserializeOwned;

use super::{
    error::IssuerError,
    fetch::Http,
    issuer::Issuer,
    keeper::{Keeper, Refreshed},
    status::IssuerStatus,
    unverified,
};
use crate::{
    credential::presented::Presented,
    jose::{compact::Compact, jws::Jws, scratch::Scratch},
    token::{
        claims::Claims,
        error::TokenError,
        judge::{FromToken, VerifyToken},
        verified::{self, VerifiedToken},
        verify::{Reader, now},
        verify_error::VerifyError,
    },
};

/// Verifies access tokens of one or several [`Issuer`]s, whose keys are found by discovery and refreshed in the background.
/// Copies are cheap; what runs in the background ends with the last one.
///
/// Which issuer's keys and rules a token is verified with depends on its `iss`, compared with the configured URLs and with
/// nothing else; a single issuer's rules refuse what names another. Only these URLs, and those of the keys in their
/// documents, are ever fetched.
///
/// # Discovery
///
/// The issuer's document is `/.well-known/openid-configuration` behind its path (OpenID Connect Discovery 1.0 §4), or,
/// where that is answered with a status from 400 to 499 or with what is no metadata,
/// `/.well-known/oauth-authorization-server` before its path (RFC 8414 §3). It names the issuer itself, and under `jwks_uri`
/// the URL of its keys. All of them are HTTPS; plain HTTP is for issuers on loopback addresses, which need no certificates on
/// the machine. A refresh takes at most 5 seconds, each of its answers at most 1 MiB; redirects are not followed, proxies of
/// the environment not used.
///
/// # Keys
///
/// A set has at most 100 entries. One that is for something else is passed over. One that is wrong is skipped, and
/// logged by its place and its `kid` when it first appears: an RSA key of fewer than 2048 bits, a private key, a member that is
/// missing or of another type (RFC 7517 §5). The other keys are used.
///
/// A key that is listed twice is one key. Two different keys with one `kid` and algorithm are both the issuer's, so that a
/// token with that name is tried with both; of three or more none is used, since a forged token must not cost that many
/// signatures.
///
/// # Refreshing
///
/// Keys are fetched at the start, at the configured interval, 30 seconds after that has failed, and when a token names a
/// key that is not known. Tokens cause one refresh in 30 seconds, whatever they name and however many they are, and none
/// within 30 seconds after a refresh that failed. Whoever needs a refresh waits for it, at most its 5 seconds; when 1,000
/// requests wait for one issuer, all others that would have to are [unavailable](VerifyError::Unavailable) at once.
///
/// A set that is well-formed replaces all earlier keys of its issuer, even where none of its own can be used: what is not in
/// it is withdrawn. A refresh that fails in any other way changes nothing: the keys at hand are used until one succeeds, and
/// at most for a day ([`Issuer::max_key_age`]). Without keys, tokens of the issuer are
/// [unavailable](VerifyError::Unavailable), too.
///
/// A key that the issuer replaces without giving it another `kid` is noticed at the interval.
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
    /// Begins to fetch the keys of `issuers`, on the Tokio runtime that this is called on. It does not wait for them:
    /// requests do, for as long as a refresh may take.
    ///
    /// # Errors
    ///
    /// [`IssuerError`], which names what is wrong with the configuration. That an issuer cannot be reached is no error:
    /// it is tried again.
    ///
    /// ```
    /// # use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};
    /// // One URL is one issuer.
    /// let twice = ["https://id.example.com", "https://id.example.com"].map(Issuer::new);
    /// assert_eq!(IssuerVerifier::start(twice).unwrap_err(), IssuerError::Set);
    /// ```
    pub fn start(issuers: impl IntoIterator<Item = Issuer>) -> Result<Self, IssuerError> {
        let issuers: Vec<Issuer> = issuers.into_iter().collect();
        let is_repeated = |(i, issuer): (usize, &Issuer)| issuers[..i].iter().any(|other| other.url() == issuer.url());
        if issuers.is_empty() || issuers.iter().enumerate().any(is_repeated) {
            return Err(IssuerError::Set);
        }
        let checked = issuers.into_iter().map(|issuer| Ok((issuer.check()?, Arc::new(issuer))));
        let checked = checked.collect::<Result<Vec<_>, IssuerError>>()?;
        tokio::runtime::Handle::try_current().map_err(|_| IssuerError::Runtime)?;
        let http = Http::new(checked.iter().any(|(url, _)| !url.is_plain()))?;
        let keep = |(url, issuer)| Keeper::start(Arc::clone(&issuer), http.clone().fetch(issuer, url));
        Ok(Self(checked.into_iter().map(keep).collect()))
    }

    /// Reads the claims of a token, if it is to be believed. It may wait for a refresh.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Token`], which names the first rule that the token breaks; [`VerifyError::Unavailable`] where there are
    /// no keys, or not the token's, and fetching them has failed, or too many requests wait for that already.
    ///
    /// ```
    /// use axum_scopes::{issuer::IssuerVerifier, token::VerifyError};
    ///
    /// async fn who(verifier: &IssuerVerifier, token: &str) -> Result<String, VerifyError> {
    ///     Ok(verifier.verify(token).await?.sub.as_str().to_owned())
    /// }
    /// ```
    pub async fn verify(&self, token: &str) -> Result<Claims, VerifyError> {
        self.read(token, |claims, _| Ok(claims)).await
    }

    /// [`verify`](Self::verify) with a claims type of your own.
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify); also where the claims do not have the shape of `C`.
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
        self.read(token, |_, payload| verified::read(payload)).await
    }

    /// [`verify`](Self::verify) with the token's payload at hand: for claims that borrow from it.
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
        self.read(token, |claims, payload| Ok(VerifiedToken::new(claims, payload))).await
    }

    /// Whether there are keys of every issuer; what a readiness probe asks for.
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

    /// How it stands with the keys of each issuer.
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

    /// What `read` makes of a good token.
    async fn read<R>(&self, token: &str, read: impl Reader<R> + Copy) -> Result<R, VerifyError> {
        // Before it is known whose it is.
        let max_size = self.0.iter().map(|keeper| keeper.issuer.max_size()).max().unwrap_or_default();
        let parts = Compact::split(token, max_size).map_err(TokenError::from)?;
        let token = Jws::new(&parts);
        // The rules of the only issuer refuse what names another.
        let keeper = match &*self.0 {
            [only] => match only.verifier().map(|verifier| verifier.read(&token, now(), read)) {
                Some(judged) if !judged.as_ref().is_err_and(is_for_want_of_a_key) => return Ok(judged?),
                // Nothing is fetched, nor waited for, because of a token that is not the issuer's.
                _ => Scratch::with(|scratch| self.named_by(token.payload(&mut scratch.payload)?))?,
            },
            _ => match self.read_by_name(&token, read)? {
                Ok(read) => return Ok(read),
                Err(keeper) => keeper,
            },
        };
        token.check_size(keeper.issuer.max_size()).map_err(TokenError::from)?;
        // No key that the issuer may have verifies such a token.
        let algorithm = token.header().map_err(TokenError::from)?.algorithm();
        if !algorithm.is_some_and(|algorithm| keeper.issuer.accepted().contains(&algorithm)) {
            return Err(TokenError::Algorithm.into());
        }
        let Refreshed { verifier, failed } = keeper.refreshed().await?;
        verifier.read(&token, now(), read).map_err(|error| match failed {
            Some(unavailable) if is_for_want_of_a_key(&error) => unavailable,
            _ => error.into(),
        })
    }

    /// Verifies with the keys at hand of the issuer that the token names. Where the token's key is not among them, the
    /// issuer's keeper goes out. The claims are decoded once, to find the issuer in them and to be believed.
    fn read_by_name<R>(&self, token: &Jws<'_>, read: impl Reader<R>) -> Result<Result<R, &Keeper>, TokenError> {
        Scratch::with(|Scratch { payload, signature }| {
            let payload = token.payload(payload)?;
            let keeper = self.named_by(payload)?;
            let Some(verifier) = keeper.verifier() else { return Ok(Err(keeper)) };
            match verifier.read_decoded(token, payload, signature, now(), read) {
                Err(error) if is_for_want_of_a_key(&error) => Ok(Err(keeper)),
                read => read.map(Ok),
            }
        })
    }

    /// The keeper of the issuer that the claims name.
    fn named_by(&self, claims: &str) -> Result<&Keeper, TokenError> {
        unverified::by_issuer(claims, |named| {
            self.0.iter().find(|keeper| keeper.issuer.url() == named).ok_or(TokenError::Issuer)
        })
    }
}

impl VerifyToken for IssuerVerifier {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.verify_token(presented.token()).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        self.read(presented.token(), T::from_token).await
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.iter().flat_map(|keeper| keeper.issuer.expected(error)).collect()
    }
}

/// Whether another key of the issuer could change the verdict.
fn is_for_want_of_a_key(error: &TokenError) -> bool {
    matches!(error, TokenError::Key | TokenError::Algorithm)
}

impl fmt::Debug for IssuerVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IssuerVerifier").field(&self.status()).finish()
    }
}
