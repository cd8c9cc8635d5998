//! Security schemes as constants of types: where a credential stands, which scopes exist, what a client is asked for.

pub(crate) mod api_key;
pub(crate) mod challenge;
#[cfg(any(feature = "jwks", feature = "utoipa", feature = "aide"))]
pub(crate) mod endpoints;
pub(crate) mod error_response;
pub(crate) mod error_style;
pub(crate) mod http;
pub(crate) mod info;
pub(crate) mod mistake;
pub(crate) mod oauth2;
pub(crate) mod open_id_connect;
pub(crate) mod protected_resource;

pub(crate) use info::SchemeInfo;
