//! The configuration of an issuer.

use std::{fmt, time::Duration};

use super::{
    error::IssuerError,
    place::{Configured, Place},
};
use crate::{
    http::url::{SafeUrl, TrustedHosts},
    jose::{
        algorithm::{self, Algorithm, Family},
        verification_key::VerificationKey,
    },
    text::safe_url,
    token::{
        error::TokenError,
        policy::Policy,
        tenants::{self, Tenants},
        verifier::TokenVerifier,
    },
};

const REFRESH_INTERVAL: Duration = Duration::from_secs(600);
/// Within it, an outage of the issuer does not stop the service. Beyond it, a key may have been withdrawn unnoticed.
const MAX_KEY_AGE: Duration = Duration::from_secs(24 * 60 * 60);
const REFRESH_TIMEOUT: Duration = Duration::from_secs(5);

/// An issuer whose tokens a service accepts, and the rules for these tokens. [`TokenVerifier`](crate::TokenVerifier)
/// describes each rule. `iss` is always required.
///
/// There are constructors for [Entra](Self::entra), [Auth0](Self::auth0), [Okta](Self::okta), [Keycloak](Self::keycloak),
/// [Cognito](Self::cognito), [Google](Self::google_service_accounts), [GitHub](Self::github_actions),
/// [GitLab](Self::gitlab_ci) and [Kubernetes](Self::kubernetes). Other issuers begin with [`new`](Self::new).
///
/// ```
/// use axum_scopes::{issuer::Issuer, jose::Algorithm};
///
/// let issuer = Issuer::new("https://id.example.com")
///     .audience("https://api.example.com")
///     .algorithms([Algorithm::RS256]);
/// ```
#[derive(Clone)]
pub struct Issuer {
    pub(super) url: String,
    pub(super) policy: Policy,
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) place: Configured,
    pub(super) trusted: TrustedHosts,
    pub(super) refresh_interval: Duration,
    pub(super) max_key_age: Duration,
    pub(super) refresh_timeout: Duration,
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
            place: Configured::default(),
            trusted: TrustedHosts::default(),
            refresh_interval: REFRESH_INTERVAL,
            max_key_age: MAX_KEY_AGE,
            refresh_timeout: REFRESH_TIMEOUT,
            token_cache: 0,
        }
    }

    /// The issuers whose URLs differ from `template` only in the tenant, which stands where the template has `{tenantid}`:
    /// the tenants of Microsoft Entra. They share one set of keys, so [`metadata_url`](Self::metadata_url) or
    /// [`jwks_url`](Self::jwks_url) says where it is; a document there must name the template as its issuer.
    ///
    /// A token's `iss` must be the template with the tenant of its claim `tid`. A key with a member `issuer` signs only
    /// tokens of that issuer. A subject is unique in its tenant only: a service that keeps data of users has to keep it by
    /// `tid` and `sub`. No tenant is accepted until [`tenants`](Self::tenants) or [`any_tenant`](Self::any_tenant) says
    /// which.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::template("https://login.microsoftonline.com/{tenantid}/v2.0")
    ///     .metadata_url("https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration")
    ///     .tenants(["8d2f1b9c-4a55-4be0-9d3d-2b1f6c0f7a10"]);
    /// ```
    #[must_use]
    pub fn template(template: impl Into<String>) -> Self {
        let mut issuer = Self::new(template);
        issuer.policy.tenants = Some(Tenants::of(issuer.url.clone()));
        issuer
    }

    /// Accepts tokens of these tenants of a [`template`](Self::template).
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # let issuer = Issuer::template("https://login.microsoftonline.com/{tenantid}/v2.0");
    /// let issuer = issuer.tenants(["8d2f1b9c-4a55-4be0-9d3d-2b1f6c0f7a10"]);
    /// ```
    #[must_use]
    pub fn tenants(mut self, tenants: impl IntoIterator<Item: Into<String>>) -> Self {
        if let Some(known) = &mut self.policy.tenants {
            known.allow(tenants);
        }
        self
    }

    /// Accepts tokens of every tenant of a [`template`](Self::template) that is written as a GUID. Then anybody who has a
    /// tenant, which everybody can open, can get a token for this service: it has to decide by `tid` whom it serves.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # let issuer = Issuer::template("https://login.microsoftonline.com/{tenantid}/v2.0");
    /// let issuer = issuer.any_tenant();
    /// ```
    #[must_use]
    pub fn any_tenant(mut self) -> Self {
        if let Some(known) = &mut self.policy.tenants {
            known.allow_any();
        }
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

    /// Whether a token that names `issuer` is for this one to verify. Nothing else is known about the token yet.
    pub(super) fn is_named(&self, issuer: &str) -> bool {
        self.policy.tenants.as_ref().map_or(self.url == issuer, |tenants| tenants.accept(issuer))
    }

    /// Whether the rules of `other` would never be asked, if this one is asked first.
    pub(super) fn hides(&self, other: &Self) -> bool {
        self.url == other.url || self.is_named(&other.url)
    }

    pub(super) fn is_template(&self) -> bool {
        self.policy.tenants.is_some()
    }

    /// Where the keys are, if the configuration is valid.
    pub(super) fn check(&self) -> Result<Place, IssuerError> {
        if self.algorithms.is_empty() || self.algorithms.iter().any(|one| one.family() == Family::Hmac) {
            return Err(IssuerError::Algorithms);
        }
        if !self.trusted.are_valid() {
            return Err(IssuerError::TrustedHost);
        }
        let issuer = match &self.policy.tenants {
            None => Some(self.own_url(&self.url)?),
            Some(tenants) if !tenants.are_usable() => return Err(IssuerError::Template),
            Some(_) => self.own_url(&tenants::filled(&self.url)).map(|_| None)?,
        };
        Place::of(&self.place, issuer, &self.trusted)
    }

    fn own_url(&self, url: &str) -> Result<SafeUrl, IssuerError> {
        SafeUrl::parse(url, &self.trusted).filter(|url| !url.has_query()).ok_or(IssuerError::Url)
    }

    /// A verifier with these keys of the issuer.
    pub(super) fn verifier(&self, keys: Vec<VerificationKey>) -> TokenVerifier {
        let issuer = (!self.is_template()).then(|| self.url.clone());
        TokenVerifier::with_policy(keys, Policy { issuer, ..self.policy.clone() })
    }
}

/// The URL may have a secret in it until it is checked.
impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Issuer");
        shown.field("url", &safe_url::shown(&self.url)).field("place", &self.place);
        shown.field("algorithms", &self.algorithms).field("policy", &self.policy).finish_non_exhaustive()
    }
}
