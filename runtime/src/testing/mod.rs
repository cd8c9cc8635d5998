//! For the tests of a service: [`Overrides`] replaces dependencies or grants scopes without a token, and [`Mint`] signs
//! tokens, good ones and bad ones. It needs the feature `testing`.

mod overrides;
#[cfg(feature = "jwt")]
mod tokens;

pub use overrides::Overrides;
#[cfg(feature = "jwt")]
pub use tokens::Mint;
