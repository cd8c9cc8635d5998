//! Verifies opaque tokens: takes a presented token, remembers or asks the endpoint, and checks the claims in the answer.

use std::{fmt, sync::Arc, time::Duration};

use serde::de::DeserializeOwned;

use super::{
    answer::{self, Verdict},
    config::Introspection,
    endpoint::{self, Ask},
    error::IntrospectionError,
    inquiry::Inquiry,
    memory::Memory,
    shape, signed,
};
use crate::{
    credential::presented::{BoundTokens, Presented},
    http::{
        client::{Client, Idle},
        url::SafeUrl,
    },
    token::{
        claims::Claims,
        error::TokenError,
        judge::{FromToken, VerifyToken},
        policy::Policy,
        verified::{self, VerifiedToken},
        verify::{Reader, now},
        verify_error::VerifyError,
    },
};

/// For how long a connection is kept without a request. Most servers keep them longer.
const IDLE: Duration = Duration::from_secs(20);

/// Verifies tokens by asking an [`Introspection`] endpoint about them (RFC 7662). Copies are cheap and share everything.
///
/// # Verdicts
///
/// | the endpoint | the request |
/// |---|---|
/// | says `"active": true`, with claims that keep the rules | goes on |
/// | says `"active": false`, or the claims break a rule | 401 |
/// | says that it is a refresh token: `token_type` is neither `Bearer` nor `DPoP`, or `token_use` says so | 401 |
/// | does not answer in time, answers 429, 5xx or any other status, or with anything else than such an object | 503 with `Retry-After` |
/// | refuses this service's own credentials | 503; the log has an error |
///
/// What looks like no token (RFC 6750 §2.1), is too long or lacks the configured prefix is refused without asking. An answer has at most
/// 64 KiB, no name twice, and the media type `application/json`, or is signed ([`signed_by`](Introspection::signed_by)). Redirects are not
/// followed.
///
/// `sub` and `exp` are required, as in JSON Web Tokens, although RFC 7662 does not require them:
/// [`subject_or`](Introspection::subject_or) and [`lifetime_without_exp`](Introspection::lifetime_without_exp) accept answers without
/// them.
///
/// # Load
///
/// There is one request for each token at a time, however many wait for it. Requests, waiting callers and inactive answers are
/// bounded. Tokens that were accepted before have bounds of their own, so that a flood of made-up tokens does not hold them up. If the
/// endpoint answers 429 or 503 with `Retry-After`, it is not asked for this time, at most 5 minutes.
///
/// Nothing is cached unless [`cache`](Introspection::cache) says so, and no entry is used beyond its time if the endpoint is down.
///
/// ```
/// use axum_scopes::introspection::{ClientCredentials, Introspection, IntrospectionError, IntrospectionVerifier};
///
/// fn verifier(url: &str, secret: &str) -> Result<IntrospectionVerifier, IntrospectionError> {
///     let introspection = Introspection::new(url, ClientCredentials::basic("api", secret)).audience("https://api.example.com");
///     IntrospectionVerifier::new(introspection)
/// }
///
/// assert!(verifier("http://127.0.0.1:4444/introspect", "a secret of the service").is_ok());
/// assert_eq!(verifier("http://127.0.0.1:4444/introspect", "").unwrap_err(), IntrospectionError::Credentials);
/// ```
#[derive(Clone)]
pub struct IntrospectionVerifier(Arc<Inner>);

struct Inner {
    /// For the log.
    endpoint: String,
    policy: Policy,
    prefix: String,
    memory: Arc<Memory>,
    inquiry: Arc<Inquiry>,
}

impl IntrospectionVerifier {
    /// A verifier that asks this endpoint. It connects when the first token comes, on the Tokio runtime of that request. For
    /// [signed answers](Introspection::signed_by), the current Tokio runtime begins to fetch keys.
    ///
    /// # Errors
    ///
    /// [`IntrospectionError`] if the configuration is invalid. An unreachable endpoint is not an error here.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection, IntrospectionVerifier};
    /// let credentials = ClientCredentials::basic("api", "a secret of the service");
    /// let verifier = IntrospectionVerifier::new(Introspection::new("http://127.0.0.1:4444/introspect", credentials))?;
    /// # Ok::<_, axum_scopes::introspection::IntrospectionError>(())
    /// ```
    pub fn new(introspection: Introspection) -> Result<Self, IntrospectionError> {
        introspection.credentials.check()?;
        if !introspection.trusted.are_valid() {
            return Err(IntrospectionError::Url);
        }
        let url = SafeUrl::parse(&introspection.url, &introspection.trusted).ok_or(IntrospectionError::Url)?;
        let idle = Idle(introspection.requests, IDLE);
        let client =
            Client::new(&introspection.connections, !url.is_plain(), idle).map_err(IntrospectionError::Certificates)?;
        let accepted = if introspection.signer.is_some() { signed::MEDIA_TYPE } else { answer::MEDIA_TYPE };
        let ask = endpoint::over(client, url.uri().clone(), introspection.credentials.clone(), accepted);
        Self::asking(introspection, ask)
    }

    /// The same with something in place of the endpoint.
    pub(super) fn asking(introspection: Introspection, ask: Ask) -> Result<Self, IntrospectionError> {
        let memory = Arc::new(Memory::new(introspection.cache, introspection.inactive_cache)?);
        let inquiry = Inquiry::new(&introspection, ask, Arc::clone(&memory))?;
        let endpoint = introspection.shown_url().into_owned();
        let Introspection { policy, prefix, .. } = introspection;
        Ok(Self(Arc::new(Inner { endpoint, policy, prefix, memory, inquiry })))
    }

    /// Verifies a token and reads its claims. It may wait for the endpoint.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Token`] if the token is refused. [`VerifyError::Unavailable`] if nobody knows whether it is good; its source is a
    /// [`RequestError`](crate::introspection::RequestError).
    ///
    /// ```
    /// use axum_scopes::{introspection::IntrospectionVerifier, token::VerifyError};
    ///
    /// async fn who(verifier: &IntrospectionVerifier, token: &str) -> Result<String, VerifyError> {
    ///     Ok(verifier.verify(token).await?.sub.as_str().to_owned())
    /// }
    /// ```
    pub async fn verify(&self, token: &str) -> Result<Claims, VerifyError> {
        self.read(&Presented::bearer(token), |claims, _| Ok(claims)).await
    }

    /// Verifies a token and reads the answer as a type of your own.
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify), and [`TokenError::ClaimsType`] if the answer does not fit `C`.
    ///
    /// ```
    /// use axum_scopes::{introspection::IntrospectionVerifier, token::VerifyError};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Client { client_id: String }
    ///
    /// async fn client(verifier: &IntrospectionVerifier, token: &str) -> Result<String, VerifyError> {
    ///     Ok(verifier.verify_as::<Client>(token).await?.client_id)
    /// }
    /// ```
    pub async fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<C, VerifyError> {
        self.read(&Presented::bearer(token), |_, payload| verified::read(payload)).await
    }

    /// Verifies a token and keeps the answer, from which claims can borrow.
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify).
    ///
    /// ```
    /// use axum_scopes::{introspection::IntrospectionVerifier, token::VerifyError};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tenant<'a> { tenant: &'a str }
    ///
    /// async fn is_ours(verifier: &IntrospectionVerifier, token: &str) -> Result<bool, VerifyError> {
    ///     let token = verifier.verify_token(token).await?;
    ///     Ok(token.claims_as::<Tenant<'_>>()?.tenant == "acme")
    /// }
    /// ```
    pub async fn verify_token(&self, token: &str) -> Result<VerifiedToken, VerifyError> {
        self.read(&Presented::bearer(token), |claims, payload| Ok(VerifiedToken::new(claims, payload))).await
    }

    /// How many tokens are asked about.
    #[cfg(test)]
    pub(super) fn under_way(&self) -> usize {
        self.0.inquiry.under_way()
    }

    /// Verifies a token and passes its claims and the answer to `read`.
    async fn read<R>(&self, presented: &Presented<'_>, read: impl Reader<R>) -> Result<R, VerifyError> {
        let (token, bound) = (presented.token(), presented.bound_tokens()?);
        let Inner { policy, prefix, memory, inquiry, .. } = &*self.0;
        shape::check(token, policy.max_size, prefix)?;
        let digest = memory.digest(token);
        if let Some(verdict) = memory.verdict(&digest) {
            return Ok(judge(&verdict, policy, bound, read)?.0);
        }
        let verdict = inquiry.verdict(digest, token).await?;
        let (read, lifetime) = judge(&verdict, policy, bound, read)?;
        // Only accepted tokens are remembered, so that refused ones displace none.
        if let Verdict::Active(answer) = verdict {
            memory.keep(digest, answer, lifetime);
        }
        Ok(read)
    }
}

/// Checks the claims, and passes them to `read`. Returns for how long the token is good, too.
fn judge<R>(
    verdict: &Verdict,
    policy: &Policy,
    bound: BoundTokens,
    read: impl Reader<R>,
) -> Result<(R, Duration), TokenError> {
    let now = now();
    match verdict {
        Verdict::Active(answer) => answer.read(policy, now, bound, read).map(|(read, exp)| (read, lifetime(exp, now))),
        Verdict::Refused(error) => Err(error.clone()),
    }
}

/// For how long a token is good that expires at `exp`.
fn lifetime(exp: u64, now: f64) -> Duration {
    Duration::try_from_secs_f64((exp as f64 - now).max(0.0)).unwrap_or(Duration::MAX)
}

impl VerifyToken for IntrospectionVerifier {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        self.read(presented, T::from_token).await
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.policy.expected(error)
    }
}

/// Shows nothing of tokens or secrets.
impl fmt::Debug for IntrospectionVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntrospectionVerifier")
            .field("endpoint", &self.0.endpoint)
            .field("policy", &self.0.policy)
            .finish_non_exhaustive()
    }
}
