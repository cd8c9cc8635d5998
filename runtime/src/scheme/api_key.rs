//! API keys: where a key stands in a request, and which scopes exist for it.

use crate::scheme::{error_response::Responder, error_style::ErrorStyle};

/// An API key.
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
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an API key scheme",
    label = "expected a type that implements `ApiKeyScheme`",
    note = "declare it: `impl ApiKeyScheme for {Self} {{ const NAME: &str = \"…\"; const PARAMETER: &str = \"…\"; }}`"
)]
pub trait ApiKeyScheme: Send + Sync + 'static {
    /// The name in the documentation, unique in one service.
    const NAME: &'static str;
    /// Text for the documentation.
    const DESCRIPTION: Option<&'static str> = None;
    /// The name of the header (in any case), of the query parameter or of the cookie.
    const PARAMETER: &'static str;
    /// The scopes that exist, each with its description. Where there are some, requiring any other does not compile.
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    /// How this scheme, and the dependencies above it, refuse.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme, as
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) describes it.
    const ERROR_RESPONSE: Option<Responder> = None;
}
