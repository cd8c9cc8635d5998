//! The rules of an issuer for its tokens. [`TokenVerifier`](crate::TokenVerifier) describes each of them.

use std::time::Duration;

use super::issuer::Issuer;
use crate::token::{profile::Profile, scope_claim::ScopeClaim, scope_source::ScopeSource};

impl Issuer {
    /// Accepts only tokens whose `aud` names `audience`. If none is configured, tokens with `aud` are refused.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").audience("https://api.example.com");
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
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").audiences(["https://api.example.com", "api"]);
    /// ```
    #[must_use]
    pub fn audiences(mut self, audiences: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy.set_audiences(audiences);
        self
    }

    /// Accepts only tokens of these clients, whom the claim `claim` names, as
    /// [`TokenVerifier::clients`](crate::TokenVerifier::clients) does.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").audience("account").clients("azp", ["web"]);
    /// ```
    #[must_use]
    pub fn clients(mut self, claim: impl Into<Box<str>>, clients: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy.add_values(claim.into(), clients, true);
        self
    }

    /// Accepts only tokens whose claim `claim` is one of these texts, byte for byte. Each call adds a rule, and a token has to keep all of
    /// them. Some issuers tell kinds of tokens apart by a claim, or sign tokens for anybody who asks and say for whom.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").audience("api").require_claim("typ", ["Bearer"]);
    /// ```
    #[must_use]
    pub fn require_claim(mut self, claim: impl Into<Box<str>>, values: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy.add_values(claim.into(), values, false);
        self
    }

    /// Accepts tokens without `sub` that name their client in `claim`, as
    /// [`TokenVerifier::subject_or`](crate::TokenVerifier::subject_or) does.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").subject_or("azp");
    /// ```
    #[must_use]
    pub fn subject_or(mut self, claim: impl Into<Box<str>>) -> Self {
        self.policy.set_subject_or(claim.into());
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
        self.policy.set_scope_claim(claim);
        self
    }

    /// Reads the scopes from these claims instead, as
    /// [`TokenVerifier::scope_sources`](crate::TokenVerifier::scope_sources) does.
    ///
    /// ```
    /// # use axum_scopes::{issuer::Issuer, token::ScopeSource};
    /// let issuer = Issuer::new("https://id.example.com/realms/main")
    ///     .scope_sources([ScopeSource::claim("realm_access").member("roles").skip_others()]);
    /// ```
    #[must_use]
    pub fn scope_sources(mut self, sources: impl IntoIterator<Item = ScopeSource>) -> Self {
        self.policy.set_scope_sources(sources);
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

    /// Accepts tokens without `typ` as well, as
    /// [`TokenVerifier::or_no_token_type`](crate::TokenVerifier::or_no_token_type) does.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://id.example.com").token_types(["at+jwt"]).or_no_token_type();
    /// ```
    #[must_use]
    pub fn or_no_token_type(mut self) -> Self {
        self.policy.accepts_untyped = true;
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
}
