//! For the tests of services: replaced dependencies, principals with given scopes, and minted tokens. It needs the feature
//! `testing`.

mod overrides;
#[cfg(feature = "jwt")]
mod tokens;

pub use overrides::Overrides;
#[cfg(feature = "jwt")]
pub use tokens::Mint;
