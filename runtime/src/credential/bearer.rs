//! Credentials from the `Authorization` header: bearer tokens (RFC 6750 §2.1), digest credentials (RFC 7616), whole headers.

use axum::http::request::Parts;

use crate::{
    credential::{
        authorization,
        extractor::{Unreadable, extractor},
        value::Credential,
    },
    scheme::{
        http::{HttpBearerScheme, HttpDigestScheme},
        oauth2::OAuth2Scheme,
        open_id_connect::OpenIdConnectScheme,
    },
};

extractor! {
    /// The bearer token of scheme `S` (RFC 6750 §2.1). It is unverified, and empty if nothing follows `Bearer`.
    ///
    /// A request without one is refused: 401 "Not authenticated". `Option<Bearer<S>>` is `None` then.
    ///
    /// ```
    /// use axum_scopes::{Bearer, Flows, OAuth2Scheme};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] = &[];
    /// }
    ///
    /// async fn length(Bearer(token): Bearer<Api>) -> String {
    ///     token.as_str().len().to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("mF_9.B5f-4.1JqM");
    /// assert_eq!(length(Bearer(credential)).await, "15");
    /// # }
    /// ```
    Bearer<OAuth2Scheme>(Credential), oauth2, bearer
}

extractor! {
    /// The whole `Authorization` header of scheme `S`, in any form. Use it for OAuth2 tokens that are no bearer tokens.
    ///
    /// A request without this header, or with an empty one, is refused: 401 "Not authenticated". `Option<OAuth2<S>>` is `None`
    /// then.
    ///
    /// ```
    /// use axum_scopes::{Flows, OAuth2Scheme, credential::OAuth2};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::client_credentials("token");
    ///     const SCOPES: &[(&str, &str)] = &[];
    /// }
    ///
    /// async fn is_dpop(OAuth2(header): OAuth2<Api>) -> String {
    ///     header.as_str().starts_with("DPoP ").to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("DPoP mF_9.B5f-4.1JqM");
    /// assert_eq!(is_dpop(OAuth2(credential)).await, "true");
    /// # }
    /// ```
    OAuth2<OAuth2Scheme>(Credential), oauth2, authorization::whole
}

extractor! {
    /// The whole `Authorization` header of scheme `S`, in any form.
    ///
    /// A request without this header, or with an empty one, is refused: 401 "Not authenticated". `Option<OpenIdConnect<S>>` is
    /// `None` then.
    ///
    /// ```
    /// use axum_scopes::{credential::OpenIdConnect, scheme::OpenIdConnectScheme};
    ///
    /// struct Login;
    /// impl OpenIdConnectScheme for Login {
    ///     const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
    /// }
    ///
    /// async fn scheme(OpenIdConnect(header): OpenIdConnect<Login>) -> String {
    ///     header.as_str().split(' ').take(1).collect()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("Bearer mF_9.B5f-4.1JqM");
    /// assert_eq!(scheme(OpenIdConnect(credential)).await, "Bearer");
    /// # }
    /// ```
    OpenIdConnect<OpenIdConnectScheme>(Credential), open_id_connect, authorization::whole
}

extractor! {
    /// The bearer token of scheme `S` (RFC 6750 §2.1). It is unverified and never empty.
    ///
    /// A request without one is refused: 401 "Not authenticated". `Option<HttpBearer<S>>` is `None` then.
    ///
    /// ```
    /// use axum_scopes::{credential::HttpBearer, scheme::HttpBearerScheme};
    ///
    /// struct Api;
    /// impl HttpBearerScheme for Api {}
    ///
    /// async fn length(HttpBearer(token): HttpBearer<Api>) -> String {
    ///     token.as_str().len().to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static("mF_9.B5f-4.1JqM");
    /// assert_eq!(length(HttpBearer(credential)).await, "15");
    /// # }
    /// ```
    HttpBearer<HttpBearerScheme>(Credential), http_bearer, non_empty_bearer
}

extractor! {
    /// The digest credentials of scheme `S` (RFC 7616 §3.4). They are unverified and never empty. The service itself reads them.
    ///
    /// A request without them is refused: 401 "Not authenticated". `Option<HttpDigest<S>>` is `None` then.
    ///
    /// ```
    /// use axum_scopes::{credential::HttpDigest, scheme::HttpDigestScheme};
    ///
    /// struct Legacy;
    /// impl HttpDigestScheme for Legacy {}
    ///
    /// async fn has_nonce(HttpDigest(credentials): HttpDigest<Legacy>) -> String {
    ///     credentials.as_str().contains("nonce=").to_string()
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credential = axum_scopes::credential::Credential::from_static(r#"username="amy", nonce="7f3a""#);
    /// assert_eq!(has_nonce(HttpDigest(credential)).await, "true");
    /// # }
    /// ```
    HttpDigest<HttpDigestScheme>(Credential), http_digest, digest
}

fn bearer(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    authorization::of_scheme(parts, "Bearer")
}

fn non_empty(parts: &Parts, scheme: &str) -> Result<Option<Credential>, Unreadable> {
    Ok(authorization::of_scheme(parts, scheme)?.and_then(Credential::non_empty))
}

fn non_empty_bearer(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    non_empty(parts, "Bearer")
}

fn digest(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    non_empty(parts, "Digest")
}
