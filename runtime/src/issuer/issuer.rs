//! The configuration of an issuer.

use std::time::Duration;

use super::error::IssuerError;
use crate::{
    http::url::SafeUrl,
    jose::{
        algorithm::{self, Algorithm, Family},
        verification_key::VerificationKey,
    },
    token::{error::TokenError, policy::Policy, profile::Profile, scope_claim::ScopeClaim, verifier::TokenVerifier},
};

const REFRESH_INTERVAL: Duration = Duration::from_secs(600);
/// A shorter interval would flood the issuer. A longer one would miss a daily rotation of keys.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
const LONGEST_INTERVAL: Duration = DAY;
/// Within it, an outage of the issuer does not stop the service. Beyond it, a key may have been withdrawn unnoticed.
const MAX_KEY_AGE: Duration = DAY;
const LONGEST_KEY_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// An issuer whose tokens a service accepts, and the rules for these tokens. [`TokenVerifier`](crate::TokenVerifier)
/// describes each rule. `iss` is always required.
///
/// ```
/// use axum_scopes::{issuer::Issuer, jose::Algorithm};
///
/// let issuer = Issuer::new("https://id.example.com")
///     .audience("https://api.example.com")
///     .algorithms([Algorithm::RS256]);
/// ```
#[derive(Clone, Debug)]
pub struct Issuer {
    pub(super) url: String,
    pub(super) policy: Policy,
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) refresh_interval: Duration,
    max_key_age: Duration,
    pub(super) token_cache: usize,
}

impl Issuer {
    /// The issuer with this URL, written exactly as in its tokens and documents. It is HTTPS, or plain HTTP on a loopback
    /// address.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com/realms/main");
    /// ```
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            policy: Policy::default(),
            algorithms: Algorithm::ALL.into_iter().filter(|algorithm| algorithm.family() != Family::Hmac).collect(),
            refresh_interval: REFRESH_INTERVAL,
            max_key_age: MAX_KEY_AGE,
            token_cache: 0,
        }
    }

    /// Accepts only tokens whose `aud` names `audience`. If none is configured, tokens with `aud` are refused.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").audience("https://api.example.com");
    /// ```
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.policy.audience = Some(audience.into());
        self
    }

    /// Accepts only tokens that are signed with one of these. The default is all algorithms with public keys. A key of
    /// the issuer without `alg` is bound to each of them that fits.
    ///
    /// ```
    /// # use axum_scopes::{issuer::Issuer, jose::Algorithm};
    /// let issuer = Issuer::new("https://id.example.com").algorithms([Algorithm::ES256, Algorithm::EdDSA]);
    /// ```
    #[must_use]
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        self.algorithms = algorithm::distinct(algorithms);
        self
    }

    /// Allows the issuer's clock to differ by `leeway`. The default is 0, the maximum 300 seconds.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # use std::time::Duration;
    /// let issuer = Issuer::new("https://id.example.com").leeway(Duration::from_secs(30));
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.policy.set_leeway(leeway);
        self
    }

    /// Reads the scopes from this claim. The default is `scope`.
    ///
    /// ```
    /// # use axum_scopes::{issuer::Issuer, token::ScopeClaim};
    /// let issuer = Issuer::new("https://id.example.com").scope_claim(ScopeClaim::Scopes);
    /// ```
    #[must_use]
    pub fn scope_claim(mut self, claim: ScopeClaim) -> Self {
        self.policy.scope_claim = claim;
        self
    }

    /// Requires RFC 9068 §4, as [`TokenVerifier::rfc9068`](crate::TokenVerifier::rfc9068) does.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").rfc9068("https://api.example.com");
    /// ```
    #[must_use]
    pub fn rfc9068(self, audience: impl Into<String>) -> Self {
        let mut issuer = self.audience(audience);
        issuer.policy.profile = Profile::Rfc9068;
        issuer
    }

    /// Accepts only tokens whose `typ` is one of these, as [`TokenVerifier::token_types`](crate::TokenVerifier::token_types)
    /// does.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").rfc9068("https://api.example.com").token_types(["JWT"]);
    /// ```
    #[must_use]
    pub fn token_types(mut self, types: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy.set_types(types);
        self
    }

    /// Refuses longer tokens before parsing them. The default is 16,384 bytes.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").max_token_size(4096);
    /// ```
    #[must_use]
    pub fn max_token_size(mut self, bytes: usize) -> Self {
        self.policy.max_size = bytes;
        self
    }

    /// Fetches keys at least once in each interval, which is 1 second to 24 hours. The default is 10 minutes. A withdrawn
    /// key is accepted for at most this time while the issuer can be reached, and for [`max_key_age`](Self::max_key_age)
    /// while it cannot.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # use std::time::Duration;
    /// let issuer = Issuer::new("https://id.example.com").refresh_interval(Duration::from_secs(60));
    /// ```
    #[must_use]
    pub fn refresh_interval(mut self, interval: Duration) -> Self {
        self.refresh_interval = interval.clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL);
        self
    }

    /// Uses keys for at most this time after the last successful refresh: at least the
    /// [`refresh_interval`](Self::refresh_interval), at most 30 days. The default is a day. Older keys may have been
    /// withdrawn unnoticed, so requests get 503 until a refresh succeeds.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # use std::time::Duration;
    /// let issuer = Issuer::new("https://id.example.com").max_key_age(Duration::from_secs(2 * 60 * 60));
    /// ```
    #[must_use]
    pub fn max_key_age(mut self, age: Duration) -> Self {
        self.max_key_age = age.min(LONGEST_KEY_AGE);
        self
    }

    /// Caches the signatures of up to `tokens` accepted tokens of this issuer.
    /// [`TokenVerifier::token_cache`](crate::TokenVerifier::token_cache) describes the costs. The default is 0, without a
    /// cache.
    ///
    /// After a refresh, signatures of keys that the issuer still lists stay cached. Those of other keys no longer match,
    /// whatever the `kid`.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").token_cache(10_000);
    /// ```
    #[must_use]
    pub fn token_cache(mut self, tokens: usize) -> Self {
        self.token_cache = tokens;
        self
    }

    /// The accepted issuer or audience, if a token is refused with `error`.
    pub(super) fn expected(&self, error: &TokenError) -> Vec<&str> {
        if *error == TokenError::Issuer { vec![&self.url] } else { self.policy.expected(error) }
    }

    /// The longest time for which keys are used after a successful refresh.
    pub(super) fn key_age(&self) -> Duration {
        self.max_key_age.max(self.refresh_interval)
    }

    /// The URL, if the configuration is valid.
    pub(super) fn check(&self) -> Result<SafeUrl, IssuerError> {
        if self.algorithms.is_empty() || self.algorithms.iter().any(|one| one.family() == Family::Hmac) {
            return Err(IssuerError::Algorithms);
        }
        SafeUrl::parse(&self.url).filter(|url| !url.has_query()).ok_or(IssuerError::Url)
    }

    /// A verifier with these keys of the issuer.
    pub(super) fn verifier(&self, keys: Vec<VerificationKey>) -> TokenVerifier {
        TokenVerifier::with_policy(keys, Policy { issuer: Some(self.url.clone()), ..self.policy.clone() })
    }
}
