//! What is configured of an issuer.

use std::time::Duration;

use super::{error::IssuerError, url::SafeUrl};
use crate::{
    jose::{
        algorithm::{self, Algorithm, Family},
        cache::SignatureCache,
        verification_key::VerificationKey,
    },
    token::{error::TokenError, policy::Policy, profile::Profile, scope_claim::ScopeClaim, verifier::TokenVerifier},
};

/// All whose keys are public.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

const REFRESH_INTERVAL: Duration = Duration::from_secs(600);
/// Neither a flood of requests nor keys that outlive a day's rotation.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
const LONGEST_INTERVAL: Duration = DAY;
/// Neither does a short outage end a service, nor does a long one keep a key alive that was withdrawn in it.
const MAX_KEY_AGE: Duration = DAY;
const LONGEST_KEY_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// An issuer whose tokens a service accepts, by its URL, and what is asked of them: as of a
/// [`TokenVerifier`](crate::TokenVerifier), which says more of each rule. `iss` is always required.
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
    url: String,
    policy: Policy,
    algorithms: Vec<Algorithm>,
    refresh_interval: Duration,
    max_key_age: Duration,
    token_cache: usize,
}

impl Issuer {
    /// The issuer with this URL, exactly as its tokens and its documents name it: HTTPS, or plain HTTP on a loopback address.
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
            algorithms: ALGORITHMS.into(),
            refresh_interval: REFRESH_INTERVAL,
            max_key_age: MAX_KEY_AGE,
            token_cache: 0,
        }
    }

    /// Accepts only tokens whose `aud` names `audience`. Without it, tokens that name an audience are refused.
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

    /// Accepts only tokens that are signed with one of these: all that have public keys, unless it is set. A key of the
    /// issuer that does not say what it is for is bound to each of them that suits it.
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

    /// By how much the issuer's clock may differ from ours: nothing unless it is set, and at most 300 seconds.
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

    /// Which claim says what a token grants: `scope`, unless it is set.
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

    /// Asks for all that RFC 9068 §4 does, as [`TokenVerifier::rfc9068`](crate::TokenVerifier::rfc9068).
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

    /// Accepts only tokens whose `typ` is one of these, as
    /// [`TokenVerifier::token_types`](crate::TokenVerifier::token_types).
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

    /// Refuses tokens of more bytes unread: of more than 16,384, unless it is set.
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

    /// How often keys are fetched at least: every 10 minutes, unless it is set, and from 1 second to 24 hours. It is the
    /// longest time for which a key is accepted that the issuer no longer lists, while the issuer can be reached;
    /// [`max_key_age`](Self::max_key_age) is the longest while it cannot.
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

    /// For how long keys are used after the last refresh that succeeded: a day, unless it is set, at least the
    /// [`refresh_interval`](Self::refresh_interval) and at most 30 days. Then nobody knows any more which keys the issuer has
    /// withdrawn, and requests get 503 until a refresh succeeds.
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

    /// Keeps for up to `tokens` accepted tokens of this issuer that their signature is good, as
    /// [`TokenVerifier::token_cache`](crate::TokenVerifier::token_cache), which says what that trades; off unless it is set.
    ///
    /// A refresh leaves what was signed with keys that the issuer still lists. What was signed with another is not found
    /// any more, whatever that one's `kid`.
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

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// What a token should have named that is refused with `error`.
    pub(super) fn expected(&self, error: &TokenError) -> Vec<&str> {
        if *error == TokenError::Issuer { vec![&self.url] } else { self.policy.expected(error) }
    }

    pub(super) fn max_size(&self) -> usize {
        self.policy.max_size
    }

    pub(super) fn interval(&self) -> Duration {
        self.refresh_interval
    }

    /// The longest time from one success to the end of its keys.
    pub(super) fn key_age(&self) -> Duration {
        self.max_key_age.max(self.refresh_interval)
    }

    /// Empty, for the verifiers of one keeper.
    pub(super) fn new_cache(&self) -> SignatureCache {
        SignatureCache::new(self.token_cache)
    }

    pub(super) fn accepted(&self) -> &[Algorithm] {
        &self.algorithms
    }

    /// The URL, if all that is configured can be used.
    pub(super) fn check(&self) -> Result<SafeUrl, IssuerError> {
        if self.algorithms.is_empty() || self.algorithms.iter().any(|one| one.family() == Family::Hmac) {
            return Err(IssuerError::Algorithms);
        }
        SafeUrl::parse(&self.url).filter(|url| !url.has_query()).ok_or(IssuerError::Url)
    }

    /// What verifies with these keys of the issuer.
    pub(super) fn verifier(&self, keys: Vec<VerificationKey>) -> TokenVerifier {
        TokenVerifier::with_policy(keys, Policy { issuer: Some(self.url.clone()), ..self.policy.clone() })
    }
}
