//! How refusals look.

/// How refusals look; a constant of the security scheme.
///
/// | refused | `FastApi` | `Rfc6750` |
/// |---|---|---|
/// | no credential | 401 `Bearer` | 401 `Bearer` |
/// | two `Authorization` headers | the same | 400 `Bearer error="invalid_request"` |
/// | a credential that is no good | 401 `Bearer scope="a b"` | 401 `Bearer error="invalid_token"` |
/// | a scope is missing | 401 `Bearer scope="a b"` | 403 `Bearer error="insufficient_scope", scope="a b"` |
/// | the user has to log in again | 401 `Bearer scope="a b"` | 401 `Bearer error="insufficient_user_authentication", acr_values="…", max_age="…"` |
/// | fields of a login are missing or wrong | 422 | 400 |
/// | anything else | its status | its status |
///
/// The challenge of a scheme that does not read bearer tokens is always its own, without an error code. Those of a bearer
/// scheme begin with its `REALM`, and end with the URL of its `PROTECTED_RESOURCE`'s metadata, in both styles.
///
/// Who uses the style:
///
/// - schemes, `SecurityScopes` and the ready-made dependencies: that of the (first) scheme, always;
/// - an [`AuthError`](crate::AuthError) that a dependency returns: that of the first scheme in its own tree, else of the
///   functions above it;
/// - [`OAuth2PasswordRequestForm<Api>`](crate::OAuth2PasswordRequestForm): that of `Api`, without a type parameter FastAPI's;
/// - [`AuthError::invalid_grant`](crate::AuthError::invalid_grant) and its like: RFC 6749 §5.2 has one form for them;
/// - an `AuthError` that a handler returns, or that is made elsewhere ([`Passwords`](crate::Passwords)): FastAPI's, unless
///   [`AuthError::in_style_of`](crate::AuthError::in_style_of) says another. So is that of a dependency of a guard or of a
///   handler without any scheme.
///
/// ```
/// use axum_scopes::{ErrorStyle, Flows, OAuth2Scheme};
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
