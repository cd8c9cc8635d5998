//! The styles of refusals.

/// The style of refusals. It is a constant of the security scheme.
///
/// | refusal | `FastApi` | `Rfc6750` |
/// |---|---|---|
/// | no credential | 401 `Bearer` | 401 `Bearer scope="a b"` |
/// | two `Authorization` headers | 401 `Bearer` | 400 `Bearer error="invalid_request"` |
/// | an invalid credential | 401 `Bearer scope="a b"` | 401 `Bearer error="invalid_token", scope="a b"` |
/// | [`AuthError::unauthorized`](crate::AuthError::unauthorized) of a dependency | 401 `Bearer` | 401 `Bearer error="invalid_token", scope="a b"` |
/// | a missing scope | 401 `Bearer scope="a b"` | 403 `Bearer error="insufficient_scope", scope="a b"` |
/// | a user who has to log in again | 401 `Bearer scope="a b"` | 401 `Bearer error="insufficient_user_authentication", acr_values="…", max_age="…"` |
/// | missing or wrong fields of a login | 422 | 400 |
/// | any other | its status | its status |
///
/// `a b` are the scopes that are required where the refusal happens. In style `Rfc6750` a client learns them before it asks for a
/// token, so it need not ask for all that exist. An extractor that a handler takes itself does not know the handler's scopes.
///
/// The style decides the body, and the scheme decides the challenge (RFC 9110 §11.6.1). A scheme that reads no bearer tokens has
/// one challenge for both styles, without an error code: `Basic realm="…"`, `Digest` or `APIKey`. The challenges of a bearer
/// scheme begin with its `REALM`, and end with the metadata URL of its `PROTECTED_RESOURCE`.
///
/// The scheme of a refusal depends on who refuses:
///
/// - A scheme refuses: this scheme.
/// - A dependency or one of its extractors returns an [`AuthError`](crate::AuthError), alone or inside an error type of the
///   service: the first scheme in the dependency's own tree, or else in the trees of the functions above it. A guard is such a
///   function. `SecurityScopes`, `RequiredScopes` and `verified` refuse by this scheme, too.
/// - [`OAuth2PasswordRequestForm<Api>`](crate::login::OAuth2PasswordRequestForm) refuses: `Api`.
/// - A handler or middleware returns an `AuthError`, [`Passwords`](crate::password::Passwords) makes one, or a dependency turns
///   one into a response itself: the scheme that [`AuthError::in_style_of`](crate::AuthError::in_style_of) names.
///
/// Without such a scheme, the challenge is `Bearer` and the style is `FastApi`. [`AuthError::invalid_grant`](crate::AuthError::invalid_grant)
/// and its like have no style, because RFC 6749 §5.2 gives them their form.
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
/// assert_ne!(Api::ERROR_STYLE, ErrorStyle::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorStyle {
    /// The style of FastAPI's tutorial: 401 for every refusal of a credential or its scopes, and the body `{"detail": "…"}`.
    #[default]
    FastApi,
    /// The style of RFC 6750 §3.1: challenge and body have an error code, and the body is
    /// `{"error": "…", "error_description": "…"}`. Without a credential there is no code. For errors that RFC 6750 does not
    /// define, the codes are those of RFC 6749 §4.1.2.1.
    Rfc6750,
}
