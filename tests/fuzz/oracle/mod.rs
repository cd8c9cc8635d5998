//! The documented rules, written a second time with other libraries, decide whether axum-scopes is right.

pub mod endpoint;
pub mod hashing;
pub mod json;
pub mod keys;
pub mod library;
pub mod metadata;
pub mod password;
pub mod private_keys;
pub mod proof;
pub mod token;
