//! For the tests of a service: [`Overrides`] replaces dependencies or grants scopes without a token, [`Mint`] signs
//! tokens, good ones and bad ones, and [`open_routes`] lists what everybody may call. It needs the feature `testing`.
//! With the feature `login`, `store_conformance` tests stores of a login.

mod open_routes;
mod overrides;
#[cfg(feature = "login")]
pub mod store_conformance;
#[cfg(feature = "jwt")]
mod tokens;

pub use open_routes::open_routes;
pub use overrides::Overrides;
#[cfg(feature = "jwt")]
pub use tokens::Mint;
