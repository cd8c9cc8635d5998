//! The kinds of security schemes, as OpenAPI tells them apart.

use crate::scheme::flows::Flows;

/// The kind of a security scheme in the document, with the data that only this kind has (OpenAPI 3.1 §4.8.27).
///
/// ```
/// use axum_scopes::scheme::{SchemeInfo, SchemeKind};
///
/// const SESSION: SchemeInfo = SchemeInfo::new("Session").with_kind(SchemeKind::ApiKeyCookie("session"));
/// assert_eq!(SESSION.kind(), SchemeKind::ApiKeyCookie("session"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "a constant, read in place")]
pub enum SchemeKind {
    /// A scheme of your own. Its credential is in the `Authorization` header.
    Other,
    /// OAuth2, with its flows.
    OAuth2(Flows),
    /// OpenID Connect, with the URL of the provider's metadata.
    OpenIdConnect(&'static str),
    /// HTTP bearer, with the format of its tokens.
    HttpBearer(Option<&'static str>),
    /// HTTP basic.
    HttpBasic,
    /// HTTP digest.
    HttpDigest,
    /// An API key in the header of this name.
    ApiKeyHeader(&'static str),
    /// An API key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// An API key in the cookie of this name.
    ApiKeyCookie(&'static str),
}
