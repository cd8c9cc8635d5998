//! OpenID Connect schemes as constants of a type.

use crate::scheme::{error_response::Responder, error_style::ErrorStyle, protected_resource::ProtectedResource};

/// An OpenID Connect scheme. The provider's metadata tells clients how to get a token.
///
/// ```
/// use axum_scopes::scheme::OpenIdConnectScheme;
///
/// struct Login;
///
/// impl OpenIdConnectScheme for Login {
///     const OPEN_ID_CONNECT_URL: &str = "https://id.example/.well-known/openid-configuration";
/// }
/// assert_eq!(Login::NAME, "OpenIdConnect");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an OpenID Connect scheme",
    label = "expected a type that implements `OpenIdConnectScheme`",
    note = "declare it: `impl OpenIdConnectScheme for {Self} {{ const OPEN_ID_CONNECT_URL: &str = \"…\"; }}`"
)]
pub trait OpenIdConnectScheme: Send + Sync + 'static {
    /// The name in the document. It is unique in one service.
    const NAME: &'static str = "OpenIdConnect";
    /// The description in the document.
    const DESCRIPTION: Option<&'static str> = None;
    /// The URL of the provider's metadata (OpenID Connect Discovery 1.0 §4).
    const OPEN_ID_CONNECT_URL: &'static str;
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
