//! The metadata of a protected resource: constants or checked text in, routes and challenges out (RFC 9728).

mod metadata;
mod published;

pub use crate::text::https_url::UrlError;
pub use metadata::protected_resource_metadata;
pub use published::ResourceMetadata;
