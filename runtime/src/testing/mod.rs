//! For the tests of services, behind the feature `testing`: dependencies replaced, principals with given scopes, and
//! minted tokens. Nothing of it exists without the feature.

mod overrides;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
mod tokens;

pub use overrides::Overrides;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub use tokens::Mint;
