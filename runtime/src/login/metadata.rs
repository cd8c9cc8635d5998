//! The metadata of the login as an authorization server (RFC 8414): takes its issuer and a scheme, yields a document.

#[cfg(test)]
mod tests;

use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    scheme::oauth2::OAuth2Scheme,
    scopes::template::is_template,
    text::{
        https_url::{self, UrlError},
        safe_url,
    },
};

/// RFC 8414 §3.
const WELL_KNOWN: &str = "/.well-known/oauth-authorization-server";

/// What clients and resource servers find out about the login (RFC 8414 §2). Its endpoints are below its issuer: `/token`, `/revoke` and
/// `/.well-known/jwks.json`, unless it says otherwise.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_scopes::{Flows, OAuth2Scheme, login::ServerMetadata};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// let metadata = ServerMetadata::new::<Api>("https://api.example.com")?;
/// assert_eq!(metadata.path(), "/.well-known/oauth-authorization-server");
/// let document = serde_json::to_value(&metadata).unwrap();
/// assert_eq!(document["jwks_uri"], "https://api.example.com/.well-known/jwks.json");
/// assert_eq!(document["scopes_supported"], serde_json::json!(["items"]));
///
/// let router: Router = Router::new().route(&metadata.path(), get(async move || metadata));
/// # Ok::<_, axum_scopes::resource::UrlError>(())
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct ServerMetadata {
    issuer: String,
    token_endpoint: String,
    revocation_endpoint: String,
    jwks_uri: String,
    scopes_supported: Vec<&'static str>,
    /// Required, and empty: there is no authorization endpoint.
    response_types_supported: [&'static str; 0],
    grant_types_supported: Vec<String>,
    token_endpoint_auth_methods_supported: Vec<String>,
    revocation_endpoint_auth_methods_supported: Vec<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dpop_signing_alg_values_supported: &'static [&'static str],
}

impl ServerMetadata {
    /// The metadata of `issuer`, an HTTPS URL, or HTTP at a loopback address, without query and fragment. It lists the scopes of `S`
    /// without its templates, and the algorithms of proofs that `S` takes.
    ///
    /// ```
    /// # use axum_scopes::{Flows, OAuth2Scheme, login::ServerMetadata};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[];
    /// # }
    /// assert!(ServerMetadata::new::<Api>("http://127.0.0.1:8000").is_ok());
    /// assert!(ServerMetadata::new::<Api>("http://api.example.com").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`UrlError`] if it is no issuer.
    pub fn new<S: OAuth2Scheme>(issuer: &str) -> Result<Self, UrlError> {
        if https_url::split(issuer).is_none() || safe_url::parse(issuer).is_none() {
            return Err(UrlError);
        }
        let below = |path: &str| [issuer.trim_end_matches('/'), path].concat();
        let texts = |names: &[&str]| names.iter().map(|name| String::from(*name)).collect::<Vec<_>>();
        let methods = texts(&["client_secret_basic", "client_secret_post", "none"]);
        Ok(Self {
            token_endpoint: below("/token"),
            revocation_endpoint: below("/revoke"),
            jwks_uri: below("/.well-known/jwks.json"),
            scopes_supported: S::SCOPES.iter().map(|(name, _)| *name).filter(|name| !is_template(name)).collect(),
            response_types_supported: [],
            grant_types_supported: texts(&["password", "refresh_token"]),
            token_endpoint_auth_methods_supported: methods.clone(),
            revocation_endpoint_auth_methods_supported: methods,
            dpop_signing_alg_values_supported: S::SENDER.dpop_algorithms(),
            issuer: issuer.to_owned(),
        })
    }

    /// Sets the URL of the token endpoint, or its path below the issuer, which begins with a slash.
    ///
    /// # Errors
    ///
    /// [`UrlError`] if it is neither.
    pub fn token_endpoint(self, url: &str) -> Result<Self, UrlError> {
        Ok(Self { token_endpoint: self.url(url)?, ..self })
    }

    /// Sets the URL at which tokens are revoked (RFC 7009), or its path below the issuer.
    ///
    /// # Errors
    ///
    /// [`UrlError`] if it is neither.
    pub fn revocation_endpoint(self, url: &str) -> Result<Self, UrlError> {
        Ok(Self { revocation_endpoint: self.url(url)?, ..self })
    }

    /// Sets the URL of the public keys, or its path below the issuer.
    ///
    /// ```
    /// # use axum_scopes::login::ServerMetadata;
    /// fn with_keys(metadata: ServerMetadata) -> Result<ServerMetadata, axum_scopes::resource::UrlError> {
    ///     metadata.jwks_uri("https://keys.example.com/jwks.json")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`UrlError`] if it is neither.
    pub fn jwks_uri(self, url: &str) -> Result<Self, UrlError> {
        Ok(Self { jwks_uri: self.url(url)?, ..self })
    }

    /// Sets the grants of the token endpoint. The default is `password` and `refresh_token`.
    ///
    /// ```
    /// # use axum_scopes::login::ServerMetadata;
    /// fn for_services(metadata: ServerMetadata) -> ServerMetadata {
    ///     metadata.grant_types(["client_credentials"])
    /// }
    /// ```
    #[must_use]
    pub fn grant_types(self, grants: impl IntoIterator<Item: Into<String>>) -> Self {
        Self { grant_types_supported: grants.into_iter().map(Into::into).collect(), ..self }
    }

    /// Sets how clients authenticate at both endpoints (RFC 7591 §2). The default is `client_secret_basic`, `client_secret_post` and
    /// `none`.
    #[must_use]
    pub fn client_authentication(self, methods: impl IntoIterator<Item: Into<String>>) -> Self {
        let methods: Vec<String> = methods.into_iter().map(Into::into).collect();
        Self {
            token_endpoint_auth_methods_supported: methods.clone(),
            revocation_endpoint_auth_methods_supported: methods,
            ..self
        }
    }

    /// The path of the document at the root of the host (RFC 8414 §3.1).
    #[must_use]
    pub fn path(&self) -> String {
        let (_, path) = https_url::split(&self.issuer).unwrap_or_default();
        [WELL_KNOWN, path.trim_end_matches('/')].concat()
    }

    /// Names no algorithms of proofs, for a server that binds no tokens (RFC 9449 §5.1).
    pub(super) fn without_dpop(self) -> Self {
        Self { dpop_signing_alg_values_supported: &[], ..self }
    }

    fn url(&self, url: &str) -> Result<String, UrlError> {
        let url = if url.starts_with('/') { [self.issuer.trim_end_matches('/'), url].concat() } else { url.to_owned() };
        if safe_url::parse(&url).is_some() { Ok(url) } else { Err(UrlError) }
    }
}

/// The document, which may be cached for an hour.
impl IntoResponse for ServerMetadata {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        ];
        // Strings cannot fail to serialise.
        (headers, serde_json::to_vec(&self).unwrap_or_default()).into_response()
    }
}
