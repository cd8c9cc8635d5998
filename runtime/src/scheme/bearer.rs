//! The token of an OAuth2 scheme, from the `Authorization` header (RFC 6750 §2.1).

use axum::http::request::Parts;

use super::{
    authorization,
    credential::Credential,
    extractor::{Unreadable, extractor},
    oauth2::OAuth2Scheme,
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
    /// use axum_scopes::{Flows, OAuth2, OAuth2Scheme};
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

fn bearer(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    authorization::of_scheme(parts, "Bearer")
}

pub(super) fn whole(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    authorization::whole(parts)
}
