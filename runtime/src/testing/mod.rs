//! For the tests of services, behind the feature `testing`: dependencies replaced, principals with given scopes, and
//! minted tokens. Nothing of it exists without the feature.

mod overrides;
#[cfg(feature = "jwt")]
mod tokens;

pub use overrides::Overrides;
#[cfg(feature = "jwt")]
pub use tokens::Mint;
