//! Providers of logins: Auth0, Okta and Keycloak.

use crate::{issuer::issuer::Issuer, jose::algorithm::Algorithm, token::scope_claim::ScopeClaim};

impl Issuer {
    /// A tenant of Auth0, with access tokens of either profile
    /// ([documentation](https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles)).
    ///
    /// `domain` is that of the tenant, or its custom domain if clients use it: the issuer is `https://` and the domain, with a slash at the
    /// end. `audience` is the identifier of the API. Scopes are in `scope`. With role-based access control, permissions are in
    /// `permissions`: `scope_sources([ScopeSource::claim("permissions")])`. The API must sign with RS256, which is the default.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::auth0("my-domain.auth0.com", "https://example.com/health-api");
    /// ```
    #[must_use]
    pub fn auth0(domain: &str, audience: impl Into<String>) -> Self {
        let issuer = Self::new(format!("https://{domain}/")).audience(audience);
        issuer.algorithms([Algorithm::RS256]).token_types(["JWT", "at+jwt"])
    }

    /// A custom authorization server of Okta
    /// ([documentation](https://developer.okta.com/docs/guides/validate-access-tokens/)).
    ///
    /// `domain` is that of the organisation, and `server` the ID of the authorization server, such as `default`. `audience` is that of the
    /// authorization server, such as `api://default`. Scopes are a list in `scp`, and the client is in `cid`. Tokens have no `typ`. Tokens of the
    /// organisation's own authorization server are for Okta alone.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::okta("example.okta.com", "default", "api://default");
    /// ```
    #[must_use]
    pub fn okta(domain: &str, server: &str, audience: impl Into<String>) -> Self {
        let issuer = Self::new(format!("https://{domain}/oauth2/{server}")).audience(audience);
        issuer.algorithms([Algorithm::RS256]).scope_claim(ScopeClaim::Scp)
    }

    /// A realm of Keycloak
    /// ([documentation](https://www.keycloak.org/docs/latest/server_admin/index.html#audience-support)).
    ///
    /// `server` is its public URL without a slash at the end, such as `https://id.example.com`, with `/auth` for versions before 17. `audience` is
    /// what an audience mapper of the realm adds to tokens for this service; Keycloak adds none by itself. The claim `typ` must be `Bearer`
    /// or `DPoP`, because ID tokens have `ID` there. Scopes are in `scope`; roles are in `realm_access` and `resource_access`:
    /// [`scope_sources`](Self::scope_sources) reads them. The realm signs with RS256 unless a client is configured otherwise. For
    /// lightweight access tokens, which have no `sub`, there is [`subject_or`](Self::subject_or).
    ///
    /// ```
    /// # use axum_scopes::{issuer::Issuer, token::ScopeSource};
    /// let issuer = Issuer::keycloak("https://id.example.com", "main", "api").scope_sources([
    ///     ScopeSource::claim("resource_access").member("api").member("roles").skip_others(),
    /// ]);
    /// ```
    #[must_use]
    pub fn keycloak(server: &str, realm: &str, audience: impl Into<String>) -> Self {
        let issuer = Self::new(format!("{server}/realms/{realm}")).audience(audience).algorithms([Algorithm::RS256]);
        issuer.token_types(["JWT", "at+jwt"]).require_claim("typ", ["Bearer", "DPoP"])
    }
}
