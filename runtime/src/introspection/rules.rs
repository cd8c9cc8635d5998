//! The rules for the tokens that an endpoint knows. [`TokenVerifier`](crate::TokenVerifier) describes each of them.

use std::time::Duration;

use super::config::Introspection;
use crate::token::{scope_claim::ScopeClaim, scope_source::ScopeSource};

impl Introspection {
    /// Accepts only tokens whose `aud` names `audience`. If none is configured, tokens with `aud` are refused.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.audience("https://api.example.com")
    /// # }
    /// ```
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.policy.set_audiences([audience]);
        self
    }

    /// Accepts only tokens whose `aud` names at least one of these, as
    /// [`TokenVerifier::audiences`](crate::TokenVerifier::audiences) does.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.audiences(["https://api.example.com", "api"])
    /// # }
    /// ```
    #[must_use]
    pub fn audiences(mut self, audiences: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy.set_audiences(audiences);
        self
    }

    /// Accepts only tokens of these clients, whom the member `claim` names, as
    /// [`TokenVerifier::clients`](crate::TokenVerifier::clients) does.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.clients("client_id", ["web"])
    /// # }
    /// ```
    #[must_use]
    pub fn clients(mut self, claim: impl Into<Box<str>>, clients: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy.add_values(claim.into(), clients, true);
        self
    }

    /// Accepts only tokens whose `iss` is `issuer`, byte for byte. Without it, `iss` is not compared, because only this endpoint
    /// answers.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.issuer("https://id.example.com")
    /// # }
    /// ```
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.policy.issuer = Some(issuer.into());
        self
    }

    /// Accepts tokens without `sub` that name their client in `claim`, as
    /// [`TokenVerifier::subject_or`](crate::TokenVerifier::subject_or) does. RFC 7662 does not require `sub`, and answers about clients
    /// that act for themselves often lack it.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.subject_or("client_id")
    /// # }
    /// ```
    #[must_use]
    pub fn subject_or(mut self, claim: impl Into<Box<str>>) -> Self {
        self.policy.set_subject_or(claim.into());
        self
    }

    /// Allows the server's clock to differ by `leeway` when `exp` and `nbf` are checked. The default is 0, the maximum 300
    /// seconds.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.leeway(std::time::Duration::from_secs(30))
    /// # }
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.policy.set_leeway(leeway);
        self
    }

    /// Reads the scopes from this member. The default is `scope` (RFC 7662 §2.2).
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # use axum_scopes::token::ScopeClaim;
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.scope_claim(ScopeClaim::Scp)
    /// # }
    /// ```
    #[must_use]
    pub fn scope_claim(mut self, claim: ScopeClaim) -> Self {
        self.policy.set_scope_claim(claim);
        self
    }

    /// Reads the scopes from these members instead, as
    /// [`TokenVerifier::scope_sources`](crate::TokenVerifier::scope_sources) does.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # use axum_scopes::token::ScopeSource;
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.scope_sources([ScopeSource::claim("permissions")])
    /// # }
    /// ```
    #[must_use]
    pub fn scope_sources(mut self, sources: impl IntoIterator<Item = ScopeSource>) -> Self {
        self.policy.set_scope_sources(sources);
        self
    }

    /// Refuses longer tokens without asking about them. The default is 16,384 bytes.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// # fn of(introspection: Introspection) -> Introspection {
    /// introspection.max_token_size(128)
    /// # }
    /// ```
    #[must_use]
    pub fn max_token_size(mut self, bytes: usize) -> Self {
        self.policy.max_size = bytes;
        self
    }
}
