//! The configuration of an introspection endpoint.

use std::{borrow::Cow, fmt, time::Duration};

use super::{credentials::ClientCredentials, memory::Kept};
use crate::{
    http::{connections::Connections, url::TrustedHosts},
    issuer::Issuer,
    text::safe_url,
    token::policy::Policy,
};

const TIMEOUT: Duration = Duration::from_secs(5);
const SHORTEST_TIMEOUT: Duration = Duration::from_millis(100);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(30);
const MOST_REQUESTS: usize = 64;
/// A revoked token is accepted for at most this time.
const LONGEST_TTL: Duration = Duration::from_secs(60 * 60);
/// A token that has just become active is refused for at most this time.
const LONGEST_INACTIVE_TTL: Duration = Duration::from_secs(60);
const LONGEST_LIFETIME: Duration = Duration::from_secs(60 * 60);
const INACTIVE: (u32, Duration) = (1000, Duration::from_secs(10));

/// An introspection endpoint (RFC 7662), and the rules for the tokens that it knows.
/// [`TokenVerifier`](crate::TokenVerifier) describes each rule for claims: they are the same for the members of an answer.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::introspection::{ClientCredentials, Introspection, IntrospectionVerifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes::introspection::IntrospectionError> {
/// let credentials = ClientCredentials::basic("api", "a secret of the service");
/// let introspection = Introspection::new("http://127.0.0.1:4444/introspect", credentials)
///     .audience("https://api.example.com")
///     .cache(10_000, Duration::from_secs(30));
/// let verifier = IntrospectionVerifier::new(introspection)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Introspection {
    pub(super) url: String,
    pub(super) credentials: ClientCredentials,
    pub(super) policy: Policy,
    pub(super) prefix: String,
    pub(super) timeout: Duration,
    pub(super) requests: usize,
    pub(super) inactive: (u32, Duration),
    pub(super) cache: Kept,
    pub(super) inactive_cache: Kept,
    pub(super) lifetime: Option<Duration>,
    pub(super) trusted: TrustedHosts,
    pub(super) connections: Connections,
    pub(super) signer: Option<Issuer>,
}

impl Introspection {
    /// The endpoint at this URL, which is HTTPS, or plain HTTP on a loopback address.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # let credentials = ClientCredentials::basic("api", "a secret of the service");
    /// let introspection = Introspection::new("https://id.example.com/introspect", credentials);
    /// ```
    #[must_use]
    pub fn new(url: impl Into<String>, credentials: ClientCredentials) -> Self {
        Self {
            url: url.into(),
            credentials,
            policy: Policy::default(),
            prefix: String::new(),
            timeout: TIMEOUT,
            requests: MOST_REQUESTS,
            inactive: INACTIVE,
            cache: Kept::default(),
            inactive_cache: Kept::default(),
            lifetime: None,
            trusted: TrustedHosts::default(),
            connections: Connections::new(),
            signer: None,
        }
    }

    /// Accepts answers without `exp`, which RFC 7662 does not require, as if the token expired `lifetime` after the answer: at most
    /// an hour. By default they are refused, because a token without an end is one that nobody forgets to revoke.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.lifetime_without_exp(std::time::Duration::from_secs(60))
    /// # }
    /// ```
    #[must_use]
    pub fn lifetime_without_exp(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime.min(LONGEST_LIFETIME));
        self
    }

    /// Reaches the endpoint by these: with an authority of one's own, or by way of a proxy.
    ///
    /// ```
    /// # use axum_scopes::{introspection::{ClientCredentials, Introspection}, issuer::{Connections, ConnectionsError}};
    /// # fn of(introspection: Introspection) -> Result<Introspection, ConnectionsError> {
    /// Ok(introspection.connections(Connections::new().proxy("http://proxy.example.com:3128")?))
    /// # }
    /// ```
    #[must_use]
    pub fn connections(mut self, connections: Connections) -> Self {
        self.connections = connections;
        self
    }

    /// Asks for answers that `issuer` has signed (RFC 9701), and believes no others. An answer needs `typ` `token-introspection+jwt`, the
    /// issuer in `iss`, this service's client ID in `aud`, and an `iat` that differs from now by at most 60 seconds, besides the
    /// [`leeway`](Self::leeway).
    ///
    /// The issuer's keys are found and kept up to date as those of an [`IssuerVerifier`](crate::issuer::IssuerVerifier) are. Its algorithms
    /// count, but not its rules for tokens: those for the members of the answer are configured here. Encrypted answers are refused.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// use axum_scopes::{issuer::Issuer, jose::Algorithm};
    ///
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.signed_by(Issuer::new("https://id.example.com").algorithms([Algorithm::ES256]))
    /// # }
    /// ```
    #[must_use]
    pub fn signed_by(mut self, issuer: Issuer) -> Self {
        self.signer = Some(issuer);
        self
    }

    /// Asks only about tokens that begin with `prefix`. Others are refused with
    /// [`TokenError::NotMine`](crate::token::TokenError::NotMine).
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.prefix("ory_at_")
    /// # }
    /// ```
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Allows plain HTTP to exactly this host and port (80 if it names none). Anybody on the way there can read the tokens and this
    /// service's credentials, and can say of any token that it is active: name a host only if nobody is on the way, as in a network of
    /// containers on one machine.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// let credentials = ClientCredentials::basic("api", "a secret of the service");
    /// let introspection = Introspection::new("http://hydra:4445/admin/oauth2/introspect", credentials).trusted_host("hydra:4445");
    /// ```
    #[must_use]
    pub fn trusted_host(mut self, host: impl Into<String>) -> Self {
        self.trusted.add(host.into());
        self
    }

    /// Waits for the whole answer for at most this time, which is 0.1 to 30 seconds. The default is 5 seconds. Then nobody knows
    /// whether the token is good: 503.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.timeout(std::time::Duration::from_secs(2))
    /// # }
    /// ```
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.clamp(SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        self
    }

    /// Keeps the answers about up to `tokens` accepted tokens, each until its `exp` and for at most `ttl`. A revoked token is accepted
    /// for up to this time. The default is no cache; the maxima are 1,048,576 tokens and an hour.
    ///
    /// An entry is a digest of the token, with a key of this verifier, and the answer. Answers of more than 8 KiB are not kept. The
    /// claims are checked for each request all the same. If the endpoint cannot be asked any more, entries do not live longer.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.cache(10_000, std::time::Duration::from_secs(30))
    /// # }
    /// ```
    #[must_use]
    pub fn cache(mut self, tokens: usize, ttl: Duration) -> Self {
        self.cache = Kept { tokens, ttl: ttl.min(LONGEST_TTL) };
        self
    }

    /// Keeps for up to `tokens` inactive tokens that they are, each for at most `ttl`: a minute at most, because a server may say so of
    /// a token that it has just issued. The default is no such cache. It displaces no accepted token.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.inactive_cache(1_000, std::time::Duration::from_secs(5))
    /// # }
    /// ```
    #[must_use]
    pub fn inactive_cache(mut self, tokens: usize, ttl: Duration) -> Self {
        self.inactive_cache = Kept { tokens, ttl: ttl.min(LONGEST_INACTIVE_TTL) };
        self
    }

    /// Sends at most this many requests at once about tokens that were not accepted before, and as many about those that were. The
    /// default is 64, the maximum 1,000. Up to 1,000 requests of each kind wait for their turn; further ones get 503 at once.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.max_requests(16)
    /// # }
    /// ```
    #[must_use]
    pub fn max_requests(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }

    /// Learns of at most `tokens` inactive tokens in each `interval`. Then the endpoint is asked only about tokens that were accepted
    /// before; others get 503. The default is 1,000 tokens in 10 seconds.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.max_inactive(100, std::time::Duration::from_secs(1))
    /// # }
    /// ```
    #[must_use]
    pub fn max_inactive(mut self, tokens: u32, interval: Duration) -> Self {
        self.inactive = (tokens, interval);
        self
    }

    /// The URL without its query, in which there may be a secret.
    pub(super) fn shown_url(&self) -> Cow<'_, str> {
        safe_url::shown(&self.url)
    }
}

impl fmt::Debug for Introspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspection")
            .field("url", &self.shown_url())
            .field("credentials", &self.credentials)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
