//! Where a credential is found and how it is documented. Schemes read the request, and nothing more.

pub(crate) mod api_key;
pub(crate) mod authorization;
pub(crate) mod bearer;
pub(crate) mod challenge;
pub(crate) mod credential;
#[cfg(any(feature = "jwks", feature = "utoipa", feature = "aide"))]
pub(crate) mod endpoints;
pub(crate) mod error_style;
pub(crate) mod extractor;
pub(crate) mod http;
pub(crate) mod info;
pub(crate) mod mistake;
pub(crate) mod oauth2;
pub(crate) mod open_id_connect;
pub(crate) mod protected_resource;

pub(crate) use info::SchemeInfo;
