//! Security schemes, declared by implementing a trait: [`OAuth2Scheme`], [`ApiKeyScheme`], [`HttpBasicScheme`],
//! [`HttpBearerScheme`], [`HttpDigestScheme`] or [`OpenIdConnectScheme`].
//!
//! A scheme says where requests have its credential, which scopes exist, and how it refuses. The extractors in
//! [`credential`](crate::credential) read the credential.

pub(crate) mod api_key;
pub(crate) mod challenge;
#[cfg(any(feature = "issuer", feature = "utoipa", feature = "aide"))]
pub(crate) mod endpoints;
pub(crate) mod error_response;
pub(crate) mod error_style;
pub(crate) mod flows;
pub(crate) mod http;
pub(crate) mod info;
pub(crate) mod kind;
pub(crate) mod mistake;
pub(crate) mod oauth2;
pub(crate) mod open_id_connect;
pub(crate) mod place;
pub(crate) mod protected_resource;
pub(crate) mod sender;

pub use api_key::ApiKeyScheme;
#[cfg(any(feature = "issuer", feature = "utoipa", feature = "aide"))]
pub use endpoints::Endpoints;
pub use error_style::ErrorStyle;
pub use flows::{Flow, Flows};
pub use http::{HttpBasicScheme, HttpBearerScheme, HttpDigestScheme};
pub use info::SchemeInfo;
pub use kind::SchemeKind;
pub use oauth2::OAuth2Scheme;
pub use open_id_connect::OpenIdConnectScheme;
pub use protected_resource::ProtectedResource;
pub use sender::Sender;
