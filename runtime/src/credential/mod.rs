//! What reads a credential from a request: one extractor for each kind of scheme. Nothing here judges a credential.

pub(crate) mod api_key;
mod authorization;
pub(crate) mod basic;
pub(crate) mod bearer;
pub(crate) mod extractor;
pub(crate) mod password;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub(crate) mod presented;
pub(crate) mod value;
