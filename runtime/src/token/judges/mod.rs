//! Verifiers that are made of others: the form of a token decides which of them judges it.
//!
//! A verifier says [`TokenError::NotMine`](crate::token::TokenError::NotMine) of a token that is for another one, and only then that
//! other one is asked. What a verifier has judged stays judged: a wrong signature never leads to the next one, and neither does a
//! failure to reach an issuer. Verifiers of your own can say the same.
//!
//! | tokens | verifier |
//! |---|---|
//! | of two issuers, with rules of their own | [`by_issuer(a, one)`](by_issuer)`.otherwise(other)` |
//! | that begin with a prefix, as personal tokens do | [`by_prefix("ghp_", personal)`](by_prefix)`.otherwise(other)` |
//! | JSON Web Tokens and opaque ones | [`jwts(keys)`](jwts)`.otherwise(introspection)` |
//!
//! ```
//! use axum_scopes::{
//!     Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
//!     credential::Presented,
//!     security,
//!     token::{TokenError, VerifiedToken, VerifyError, VerifyToken, judges::{self, ByPrefix, Otherwise}},
//!     verified,
//! };
//!
//! # struct Api;
//! # impl OAuth2Scheme for Api {
//! #     const FLOWS: Flows = Flows::password("token");
//! #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
//! # }
//! /// Personal tokens, in a database.
//! #[derive(Clone)]
//! struct Personal;
//!
//! impl VerifyToken for Personal {
//!     const MAY_BE_UNAVAILABLE: bool = false;
//!
//!     async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
//!         # let _ = presented;
//!         Err(TokenError::Inactive.into())
//!     }
//! }
//!
//! type Tokens = Otherwise<ByPrefix<Personal>, TokenVerifier>;
//!
//! #[security(scopes = ["items"])]
//! async fn read_items(Depends(claims): Depends<verified<Api, Tokens>>) -> String {
//!     format!("the items of {}", claims.sub)
//! }
//!
//! # fn main() -> Result<(), axum_scopes::jose::KeyError> {
//! let tokens: Tokens = judges::by_prefix("pat_", Personal).otherwise(TokenVerifier::hs256(&HmacKey::new([7; 32])?));
//! let router: axum::Router = axum::Router::new().route("/items", axum::routing::get(read_items)).with_state(tokens);
//! # Ok(())
//! # }
//! ```

mod issuer;
mod jwt;
mod only;
mod otherwise;
mod prefix;

#[cfg(test)]
mod tests;

pub use issuer::{ByIssuer, by_issuer};
pub use jwt::{Jwts, jwts};
pub use otherwise::Otherwise;
pub use prefix::{ByPrefix, by_prefix};
