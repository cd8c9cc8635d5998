//! Microsoft Entra ID: access tokens of version 1.0 and 2.0, of one tenant and of several.
//!
//! What the documentation says of both: `typ` is `JWT`, `alg` is `RS256`, and `scp` is a string.

use crate::{issuer::issuer::Issuer, jose::algorithm::Algorithm, token::scope_source::ScopeSource};

const LOGIN: &str = "https://login.microsoftonline.com";
const STS: &str = "https://sts.windows.net";
/// The document of all tenants.
const COMMON: &str = "common";
/// The client, in access tokens of version 2.0.
const AZP: &str = "azp";
/// The client, in access tokens of version 1.0.
const APPID: &str = "appid";

impl Issuer {
    /// One tenant of Microsoft Entra ID, whose access tokens have version 2.0
    /// ([documentation](https://learn.microsoft.com/entra/identity-platform/access-tokens)).
    ///
    /// `tenant` is its ID, a GUID. `audience` is the client ID of the API, because tokens of version 2.0 have no other
    /// audience. The client must be in `azp`, because ID tokens of the same application have no such claim. Scopes are in
    /// `scp`. An application without a user has permissions in `roles` instead; to grant these as well, configure
    /// [`scope_sources`](Self::scope_sources) with both. Then a role of a user counts as well, whatever the user has
    /// consented to.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::entra("8eaef023-2b34-4da1-9baa-8bc8c9d6a490", "535fb089-9ff3-47b6-9bfb-4f1264799865");
    /// ```
    #[must_use]
    pub fn entra(tenant: &str, audience: impl Into<String>) -> Self {
        access_tokens(Self::new(format!("{LOGIN}/{tenant}/v2.0")), AZP).audience(audience)
    }

    /// Tenants of Microsoft Entra ID, whose access tokens have version 2.0, as [`entra`](Self::entra) describes them.
    /// [`tenants`](Self::tenants) or [`any_tenant`](Self::any_tenant) says which are accepted; until then none is.
    ///
    /// The tenant in `iss` must be the one in `tid`. A key of one tenant signs only its tokens
    /// ([documentation](https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-signing-key-issuer)).
    /// A subject is unique in its tenant only: keep data of users by `tid` and `sub`.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::entra_tenants("535fb089-9ff3-47b6-9bfb-4f1264799865")
    ///     .tenants(["8eaef023-2b34-4da1-9baa-8bc8c9d6a490", "82229342-1101-4ab6-817b-70c0747630f3"]);
    /// ```
    #[must_use]
    pub fn entra_tenants(audience: impl Into<String>) -> Self {
        let issuer = Self::template(format!("{LOGIN}/{{tenantid}}/v2.0"));
        let issuer = issuer.metadata_url(format!("{LOGIN}/{COMMON}/v2.0/.well-known/openid-configuration"));
        access_tokens(issuer, AZP).audience(audience)
    }

    /// One tenant of Microsoft Entra ID, whose access tokens have version 1.0: the version of an API whose manifest does not
    /// ask for version 2
    /// ([documentation](https://learn.microsoft.com/entra/identity-platform/access-tokens#v10-and-v20-tokens)).
    ///
    /// `audience` is the application ID URI of the API, such as `api://535fb089-9ff3-47b6-9bfb-4f1264799865`, or what else
    /// clients ask for; [`audiences`](Self::audiences) accepts several. Scopes are in `scp`, as for [`entra`](Self::entra).
    /// The client must be in `appid`, because ID tokens of the same application have no such claim.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::entra_v1("8eaef023-2b34-4da1-9baa-8bc8c9d6a490", "api://535fb089-9ff3-47b6-9bfb-4f1264799865");
    /// ```
    #[must_use]
    pub fn entra_v1(tenant: &str, audience: impl Into<String>) -> Self {
        let issuer = Self::new(format!("{STS}/{tenant}/"));
        let issuer = issuer.metadata_url(format!("{LOGIN}/{tenant}/.well-known/openid-configuration"));
        access_tokens(issuer, APPID).audience(audience)
    }

    /// Tenants of Microsoft Entra ID, whose access tokens have version 1.0: what [`entra_v1`](Self::entra_v1) and
    /// [`entra_tenants`](Self::entra_tenants) describe. The keys of version 1.0 have no issuers.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::entra_v1_tenants("api://535fb089-9ff3-47b6-9bfb-4f1264799865")
    ///     .tenants(["8eaef023-2b34-4da1-9baa-8bc8c9d6a490"]);
    /// ```
    #[must_use]
    pub fn entra_v1_tenants(audience: impl Into<String>) -> Self {
        let issuer = Self::template(format!("{STS}/{{tenantid}}/"));
        let issuer = issuer.metadata_url(format!("{LOGIN}/{COMMON}/.well-known/openid-configuration"));
        access_tokens(issuer, APPID).audience(audience)
    }
}

/// `client` is the claim that names the client in access tokens. ID tokens of the same application have its `aud` and `typ`,
/// and name no client.
fn access_tokens(mut issuer: Issuer, client: &'static str) -> Issuer {
    issuer.policy.required = vec![client];
    let scopes = ScopeSource::claim("scp").or_text();
    issuer.algorithms([Algorithm::RS256]).token_types(["JWT"]).scope_sources([scopes])
}
