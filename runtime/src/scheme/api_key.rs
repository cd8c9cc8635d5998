//! API keys as constants of a type: the place of the key in a request, and the scopes.

use crate::scheme::{error_response::Responder, error_style::ErrorStyle};

/// An API key scheme. The extractor decides the place: a header, the query or a cookie.
///
/// ```
/// use axum_scopes::ApiKeyScheme;
///
/// struct Partner;
///
/// impl ApiKeyScheme for Partner {
///     const NAME: &str = "PartnerKey";
///     const PARAMETER: &str = "x-api-key";
/// }
/// assert!(Partner::SCOPES.is_empty());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an API key scheme",
    label = "expected a type that implements `ApiKeyScheme`",
    note = "declare it: `impl ApiKeyScheme for {Self} {{ const NAME: &str = \"…\"; const PARAMETER: &str = \"…\"; }}`"
)]
pub trait ApiKeyScheme: Send + Sync + 'static {
    /// The name in the document. It is unique in one service.
    const NAME: &'static str;
    /// The description in the document.
    const DESCRIPTION: Option<&'static str> = None;
    /// The name of the header, of the query parameter or of the cookie. Names of headers ignore case.
    const PARAMETER: &'static str;
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
