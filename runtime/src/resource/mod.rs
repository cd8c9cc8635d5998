//! The metadata of a protected resource (RFC 9728): takes constants or URLs, yields routes and challenges.

mod metadata;
mod published;

pub use crate::text::https_url::UrlError;
pub use metadata::protected_resource_metadata;
pub use published::ResourceMetadata;
