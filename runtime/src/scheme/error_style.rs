//! How refusals look.

/// How refusals look; a constant of the security scheme.
///
/// | refused | `FastApi` | `Rfc6750` |
/// |---|---|---|
/// | no credential | 401 `Bearer` | 401 `Bearer` |
/// | two `Authorization` headers | the same | 400 `Bearer error="invalid_request"` |
/// | a credential that is no good | 401 `Bearer scope="a b"` | 401 `Bearer error="invalid_token"` |
/// | [`AuthError::unauthorized`](crate::AuthError::unauthorized), which knows no scopes | 401 `Bearer` | 401 `Bearer error="invalid_token"` |
/// | a scope is missing | 401 `Bearer scope="a b"` | 403 `Bearer error="insufficient_scope", scope="a b"` |
/// | the user has to log in again | 401 `Bearer scope="a b"` | 401 `Bearer error="insufficient_user_authentication", acr_values="…", max_age="…"` |
/// | fields of a login are missing or wrong | 422 | 400 |
/// | anything else | its status | its status |
///
/// The style decides the body; the challenge is the scheme's (RFC 9110 §11.6.1). A scheme that does not read bearer tokens has
/// one challenge without an error code in both styles: `Basic realm="…"`, `Digest`, `APIKey`. The challenges of a bearer scheme
/// begin with its `REALM`, and end with the URL of its `PROTECTED_RESOURCE`'s metadata, in both styles.
///
/// The scheme that decides challenge and style:
///
/// - of what a scheme, `SecurityScopes`, `RequiredScopes` or a ready-made dependency refuses: the (first) scheme, always;
/// - of an [`AuthError`](crate::AuthError) that a dependency or one of its extractors returns, alone or inside an error type
///   of the service's own: the first scheme in the dependency's own tree, else in that of the functions above it. A guard is
///   such a function;
/// - of what [`OAuth2PasswordRequestForm<Api>`](crate::login::OAuth2PasswordRequestForm) refuses: `Api`; without a type parameter
///   the style is FastAPI's;
/// - of an `AuthError` that a handler or middleware returns, that is made elsewhere ([`Passwords`](crate::password::Passwords)), or that a
///   dependency makes a response itself: the scheme that [`AuthError::in_style_of`](crate::AuthError::in_style_of) names.
///   Without it the challenge is `Bearer` and the style FastAPI's. So are those of a dependency where neither its tree nor a
///   function above it has a scheme;
/// - of [`AuthError::invalid_grant`](crate::AuthError::invalid_grant) and its like: none, RFC 6749 §5.2 has one form for them.
///
/// ```
/// use axum_scopes::{Flows, OAuth2Scheme, scheme::ErrorStyle};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
///     const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorStyle {
    /// As FastAPI's tutorial answers: 401 for everything that concerns the credential or its scopes, and a body of
    /// `{"detail": "…"}`.
    #[default]
    FastApi,
    /// As RFC 6750 §3.1 has it: an error code in challenge and body, `{"error": "…", "error_description": "…"}`, and none
    /// where there is no credential. Codes for what the RFC does not speak of are those of RFC 6749 §4.1.2.1.
    Rfc6750,
}
