//! HTTP authentication schemes: bearer (RFC 6750), basic (RFC 7617) and digest (RFC 7616).

use std::fmt;

use axum::http::request::Parts;
use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

use super::{
    authorization,
    credential::Credential,
    extractor::{Unreadable, extractor},
};
use crate::{
    form::Password,
    scheme::{error_style::ErrorStyle, protected_resource::ProtectedResource},
    secret,
};

/// An HTTP bearer scheme: tokens whose origin is not the documentation's business.
///
/// ```
/// use axum_scopes::HttpBearerScheme;
///
/// struct Api;
///
/// impl HttpBearerScheme for Api {
///     const BEARER_FORMAT: Option<&str> = Some("JWT");
/// }
/// assert_eq!(Api::NAME, "HTTPBearer");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an HTTP bearer scheme",
    label = "expected a type that implements `HttpBearerScheme`",
    note = "declare it: `impl HttpBearerScheme for {Self} {{}}`"
)]
pub trait HttpBearerScheme: Send + Sync + 'static {
    /// The name in the documentation, unique in one service.
    const NAME: &'static str = "HTTPBearer";
    /// Text for the documentation.
    const DESCRIPTION: Option<&'static str> = None;
    /// What tokens look like, for people.
    const BEARER_FORMAT: Option<&'static str> = None;
    /// The scopes that exist, each with its description. Where there are some, requiring any other does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// What is protected, for people, RFC 6750 §3: it stands first in challenges. At most 200 bytes of visible ASCII and
    /// spaces, without quote and backslash.
    const REALM: Option<&'static str> = None;
    /// The service as clients know it, RFC 9728: challenges then name its metadata.
    const PROTECTED_RESOURCE: Option<ProtectedResource> = None;
    /// How this scheme, and the dependencies above it, refuse.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
}

extractor! {
    /// The bearer token of scheme `S`, unverified and never empty.
    ///
    /// A request without one is refused: 401 "Not authenticated". `Option<HttpBearer<S>>` is `None` instead.
    ///
    /// ```
    /// use axum_scopes::{HttpBearer, HttpBearerScheme};
    ///
    /// struct Api;
    /// impl HttpBearerScheme for Api {}
    ///
    /// async fn length(HttpBearer(token): HttpBearer<Api>) -> String {
    ///     token.as_str().len().to_string()
    /// }
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(length));
    /// ```
    HttpBearer<HttpBearerScheme>(Credential), http_bearer, bearer
}

/// An HTTP basic scheme: name and password with each request.
///
/// ```
/// use axum_scopes::HttpBasicScheme;
///
/// struct Staff;
///
/// impl HttpBasicScheme for Staff {
///     const REALM: Option<&str> = Some("staff");
/// }
/// assert_eq!(Staff::NAME, "HTTPBasic");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an HTTP basic scheme",
    label = "expected a type that implements `HttpBasicScheme`",
    note = "declare it: `impl HttpBasicScheme for {Self} {{}}`"
)]
pub trait HttpBasicScheme: Send + Sync + 'static {
    /// The name in the documentation, unique in one service.
    const NAME: &'static str = "HTTPBasic";
    /// Text for the documentation.
    const DESCRIPTION: Option<&'static str> = None;
    /// What browsers show beside the fields: at most 200 bytes of visible ASCII and spaces, without quote and backslash.
    const REALM: Option<&'static str> = None;
    /// How this scheme, and the dependencies above it, refuse.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
}

/// A name and a password, which nobody has checked. `Debug` shows the name alone; the password's memory is overwritten when
/// it is dropped.
///
/// ```
/// use axum_scopes::HttpBasicCredentials;
///
/// let credentials = HttpBasicCredentials { username: "amy".to_owned(), password: "secret".into() };
/// assert!(!format!("{credentials:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct HttpBasicCredentials {
    /// All before the first colon.
    pub username: String,
    /// All behind it.
    pub password: Password,
}

impl HttpBasicCredentials {
    /// Whether these are the name and the password that the service is configured with. Users' passwords are kept as
    /// hashes, which `Passwords` compares.
    ///
    /// Both are always compared. The time that this takes tells how long they are and nothing else, not even which of
    /// them was wrong. An empty `password` is nobody's.
    ///
    /// ```
    /// # use axum_scopes::HttpBasicCredentials;
    /// let sent = HttpBasicCredentials { username: "scraper".to_owned(), password: "s3cret".into() };
    /// assert!(sent.matches("scraper", "s3cret"));
    /// assert!(!sent.matches("scraper", "guess") && !sent.matches("amy", "s3cret"));
    /// ```
    #[must_use]
    pub fn matches(&self, username: &str, password: &str) -> bool {
        let is_named = secret::is_same(&self.username, username);
        bool::from(is_named & secret::matches(self.password.as_str(), password))
    }
}

impl fmt::Debug for HttpBasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpBasicCredentials").field("username", &self.username).finish_non_exhaustive()
    }
}

extractor! {
    /// Name and password of scheme `S`, which nobody has checked.
    ///
    /// A request without them is refused: 401 "Not authenticated", with the realm in the challenge.
    /// `Option<HttpBasic<S>>` is `None` instead; what cannot be decoded is refused in both.
    ///
    /// ```
    /// use axum_scopes::{HttpBasic, HttpBasicScheme};
    ///
    /// struct Staff;
    /// impl HttpBasicScheme for Staff {}
    ///
    /// async fn name(HttpBasic(credentials): HttpBasic<Staff>) -> String {
    ///     credentials.username
    /// }
    /// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(name));
    /// ```
    HttpBasic<HttpBasicScheme>(HttpBasicCredentials), http_basic, basic
}

/// An HTTP digest scheme.
///
/// ```
/// use axum_scopes::HttpDigestScheme;
///
/// struct Legacy;
///
/// impl HttpDigestScheme for Legacy {}
/// assert_eq!(Legacy::NAME, "HTTPDigest");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an HTTP digest scheme",
    label = "expected a type that implements `HttpDigestScheme`",
    note = "declare it: `impl HttpDigestScheme for {Self} {{}}`"
)]
pub trait HttpDigestScheme: Send + Sync + 'static {
    /// The name in the documentation, unique in one service.
    const NAME: &'static str = "HTTPDigest";
    /// Text for the documentation.
    const DESCRIPTION: Option<&'static str> = None;
    /// How this scheme, and the dependencies above it, refuse.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
}

extractor! {
    /// The raw digest credentials of scheme `S`, unverified and never empty; what they mean is up to the service.
    ///
    /// A request without them is refused: 401 "Not authenticated". `Option<HttpDigest<S>>` is `None` instead.
    ///
    /// ```
    /// use axum_scopes::{HttpDigest, HttpDigestScheme};
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

fn non_empty(parts: &Parts, scheme: &str) -> Result<Option<Credential>, Unreadable> {
    let credential = authorization::of_scheme(parts, scheme)?;
    Ok(credential.filter(|credential| !credential.as_str().is_empty()))
}

fn bearer(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    non_empty(parts, "Bearer")
}

fn digest(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    non_empty(parts, "Digest")
}

fn basic(parts: &Parts) -> Result<Option<HttpBasicCredentials>, Unreadable> {
    // Nothing behind the scheme's name is no credential either, but one was meant to be there.
    let Some(credential) = authorization::of_scheme(parts, "Basic")? else { return Ok(None) };
    let decoded = BASE64_STANDARD.decode(credential.as_str()).map_err(|_| Unreadable::Malformed)?;
    let decoded = Zeroizing::new(decoded);
    let text = str::from_utf8(&decoded).map_err(|_| Unreadable::Malformed)?;
    let (username, password) = text.split_once(':').ok_or(Unreadable::Malformed)?;
    Ok(Some(HttpBasicCredentials { username: username.to_owned(), password: password.into() }))
}
