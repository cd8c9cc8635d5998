//! HTTP authentication schemes: bearer (RFC 6750), basic (RFC 7617) and digest (RFC 7616).

use crate::scheme::{error_response::Responder, error_style::ErrorStyle, protected_resource::ProtectedResource};

/// An HTTP bearer scheme (RFC 6750). The document does not say where its tokens come from.
///
/// ```
/// use axum_scopes::scheme::HttpBearerScheme;
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
    /// The name in the document. It is unique in one service.
    const NAME: &'static str = "HTTPBearer";
    /// The description in the document.
    const DESCRIPTION: Option<&'static str> = None;
    /// The format of tokens, for people.
    const BEARER_FORMAT: Option<&'static str> = None;
    /// The scopes of the scheme, each with its description. If there are any, requiring another scope does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// Scopes that include others, like [`OAuth2Scheme::IMPLIES`](crate::OAuth2Scheme::IMPLIES).
    const IMPLIES: &'static [(&'static str, &'static [&'static str])] = &[];
    /// The realm, for people (RFC 6750 §3). Challenges begin with it. It has at most 200 bytes of visible ASCII and spaces,
    /// without quote and backslash.
    const REALM: Option<&'static str> = None;
    /// The service that the token is for, like [`OAuth2Scheme::SERVICE`](crate::OAuth2Scheme::SERVICE).
    const SERVICE: Option<&'static str> = None;
    /// The service as clients know it (RFC 9728). If it is set, challenges name its metadata.
    const PROTECTED_RESOURCE: Option<ProtectedResource> = None;
    /// The scopes that a client asks for at first, like [`OAuth2Scheme::BASIC_SCOPES`](crate::OAuth2Scheme::BASIC_SCOPES).
    const BASIC_SCOPES: Option<&'static [&'static str]> = None;
    /// The style of refusals, of this scheme and of the dependencies above it.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme.
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) has the details.
    const ERROR_RESPONSE: Option<Responder> = None;
}

/// An HTTP basic scheme (RFC 7617). Each request has name and password.
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
    /// The name in the document. It is unique in one service.
    const NAME: &'static str = "HTTPBasic";
    /// The description in the document.
    const DESCRIPTION: Option<&'static str> = None;
    /// The scopes of the scheme, each with its description. If there are any, requiring another scope does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// Scopes that include others, like [`OAuth2Scheme::IMPLIES`](crate::OAuth2Scheme::IMPLIES).
    const IMPLIES: &'static [(&'static str, &'static [&'static str])] = &[];
    /// The realm, for people. It has at most 200 bytes of visible ASCII and spaces, without quote and backslash.
    const REALM: Option<&'static str> = None;
    /// The style of refusals, of this scheme and of the dependencies above it.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme.
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) has the details.
    const ERROR_RESPONSE: Option<Responder> = None;
}

/// An HTTP digest scheme (RFC 7616). The service itself makes nonces and checks digests.
///
/// ```
/// use axum_scopes::scheme::HttpDigestScheme;
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
    /// The name in the document. It is unique in one service.
    const NAME: &'static str = "HTTPDigest";
    /// The description in the document.
    const DESCRIPTION: Option<&'static str> = None;
    /// The scopes of the scheme, each with its description. If there are any, requiring another scope does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// Scopes that include others, like [`OAuth2Scheme::IMPLIES`](crate::OAuth2Scheme::IMPLIES).
    const IMPLIES: &'static [(&'static str, &'static [&'static str])] = &[];
    /// The style of refusals, of this scheme and of the dependencies above it.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme.
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) has the details.
    const ERROR_RESPONSE: Option<Responder> = None;
}
