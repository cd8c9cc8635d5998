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
    /// The bearer token of scheme `S`, unverified; empty where nothing follows the scheme's name.
    ///
    /// A request without one is refused: 401 "Not authenticated". `Option<Bearer<S>>` is `None` instead.
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
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(length));
    /// ```
    Bearer<OAuth2Scheme>(Credential), oauth2, bearer
}

extractor! {
    /// The whole `Authorization` header of scheme `S`, whatever its form: for OAuth2 tokens that are no bearer tokens.
    ///
    /// A request without one, or with an empty one, is refused: 401 "Not authenticated". `Option<OAuth2<S>>` is `None`
    /// instead.
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
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(is_dpop));
    /// ```
    OAuth2<OAuth2Scheme>(Credential), oauth2, whole
}

extractor! {
    /// The whole `Authorization` header of scheme `S`, whatever its form.
    ///
    /// A request without one, or with an empty one, is refused: 401 "Not authenticated". `Option<OpenIdConnect<S>>` is
    /// `None` instead.
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
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(scheme));
    /// ```
    OpenIdConnect<OpenIdConnectScheme>(Credential), open_id_connect, whole
}

extractor! {
    /// The bearer token of scheme `S`, unverified and never empty.
    ///
    /// A request without one is refused: 401 "Not authenticated". `Option<HttpBearer<S>>` is `None` instead.
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
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(length));
    /// ```
    HttpBearer<HttpBearerScheme>(Credential), http_bearer, non_empty_bearer
}

extractor! {
    /// The raw digest credentials of scheme `S`, unverified and never empty; what they mean is up to the service.
    ///
    /// A request without them is refused: 401 "Not authenticated". `Option<HttpDigest<S>>` is `None` instead.
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
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(has_nonce));
    /// ```
    HttpDigest<HttpDigestScheme>(Credential), http_digest, digest
}

fn bearer(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    authorization::of_scheme(parts, "Bearer")
}

fn whole(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    authorization::whole(parts)
}

fn non_empty(parts: &Parts, scheme: &str) -> Result<Option<Credential>, Unreadable> {
    let credential = authorization::of_scheme(parts, scheme)?;
    Ok(credential.filter(|credential| !credential.as_str().is_empty()))
}

fn non_empty_bearer(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    non_empty(parts, "Bearer")
}

fn digest(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    non_empty(parts, "Digest")
}
