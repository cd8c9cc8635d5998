//! HTTP authentication schemes: bearer (RFC 6750), basic (RFC 7617) and digest (RFC 7616).

use crate::scheme::{error_response::Responder, error_style::ErrorStyle, protected_resource::ProtectedResource};

/// An HTTP bearer scheme: tokens whose origin is not the documentation's business.
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
    /// The service's own response to all refusals of this scheme, as
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) describes it.
    const ERROR_RESPONSE: Option<Responder> = None;
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
    /// The scopes that exist, each with its description. Where there are some, requiring any other does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// What browsers show beside the fields: at most 200 bytes of visible ASCII and spaces, without quote and backslash.
    const REALM: Option<&'static str> = None;
    /// How this scheme, and the dependencies above it, refuse.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme, as
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) describes it.
    const ERROR_RESPONSE: Option<Responder> = None;
}

/// An HTTP digest scheme.
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
    /// The name in the documentation, unique in one service.
    const NAME: &'static str = "HTTPDigest";
    /// Text for the documentation.
    const DESCRIPTION: Option<&'static str> = None;
    /// The scopes that exist, each with its description. Where there are some, requiring any other does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// How this scheme, and the dependencies above it, refuse.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme, as
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) describes it.
    const ERROR_RESPONSE: Option<Responder> = None;
}
