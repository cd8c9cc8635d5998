//! The documented rules, written a second time with other libraries, decide whether axum-scopes is right.

pub mod json;
pub mod keys;
pub mod library;
pub mod proof;
pub mod token;
