//! OpenID Connect: the provider's own document says how a client gets a token.

use crate::scheme::{error_response::Responder, error_style::ErrorStyle, protected_resource::ProtectedResource};

/// An OpenID Connect scheme.
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
    /// The name in the documentation, unique in one service.
    const NAME: &'static str = "OpenIdConnect";
    /// Text for the documentation.
    const DESCRIPTION: Option<&'static str> = None;
    /// Where the provider's metadata is (OpenID Connect Discovery 1.0 §4).
    const OPEN_ID_CONNECT_URL: &'static str;
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
