//! The metadata of a protected resource (RFC 9728): [`protected_resource_metadata`] serves what a scheme declares, and
//! [`ResourceMetadata`] serves URLs that are known only at run time and names them in challenges.

mod cors;
mod metadata;
mod published;
mod senders;

pub use crate::text::https_url::UrlError;
pub use cors::expose_challenges;
pub use metadata::protected_resource_metadata;
pub use published::ResourceMetadata;
