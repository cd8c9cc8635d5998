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
mod otherwise;
mod prefix;

#[cfg(test)]
mod tests;

pub use issuer::{ByIssuer, by_issuer};
pub use jwt::{Jwts, jwts};
pub use otherwise::Otherwise;
pub use prefix::{ByPrefix, by_prefix};

/// Implements [`VerifyToken`](super::judge::VerifyToken) for a type that asks `verifier` only about tokens of which its method
/// `is_mine` is true.
macro_rules! judges_only_its_own {
    ($Type:ident) => {
        impl<V: $crate::token::judge::VerifyToken> $Type<V> {
            /// Asks `other` about all other tokens.
            ///
            /// ```
            /// use axum_scopes::token::judges::{self, Otherwise};
            /// # use axum_scopes::{HmacKey, TokenVerifier};
            /// # let tokens = |byte| Ok::<_, axum_scopes::jose::KeyError>(TokenVerifier::hs256(&HmacKey::new([byte; 32])?));
            /// let verifier: Otherwise<_, TokenVerifier> = judges::by_prefix("old.", tokens(7)?).otherwise(tokens(8)?);
            /// # Ok::<_, axum_scopes::jose::KeyError>(())
            /// ```
            #[must_use]
            pub const fn otherwise<B: $crate::token::judge::VerifyToken>(
                self,
                other: B,
            ) -> $crate::token::judges::Otherwise<Self, B> {
                $crate::token::judges::Otherwise::new(self, other)
            }
        }

        impl<V: $crate::token::judge::VerifyToken> $crate::token::judge::VerifyToken for $Type<V> {
            const MAY_BE_UNAVAILABLE: bool = V::MAY_BE_UNAVAILABLE;
            const CONFIRMS: $crate::token::judge::Confirms = V::CONFIRMS;

            async fn judge(
                &self,
                presented: &$crate::credential::presented::Presented<'_>,
            ) -> Result<$crate::token::verified::VerifiedToken, $crate::token::verify_error::VerifyError> {
                if !self.is_mine(presented.token()) {
                    return Err($crate::token::error::TokenError::NotMine.into());
                }
                self.verifier.judge(presented).await
            }

            async fn judge_as<T: $crate::token::judge::FromToken>(
                &self,
                presented: &$crate::credential::presented::Presented<'_>,
            ) -> Result<T, $crate::token::verify_error::VerifyError> {
                if !self.is_mine(presented.token()) {
                    return Err($crate::token::error::TokenError::NotMine.into());
                }
                self.verifier.judge_as(presented).await
            }

            fn expected(&self, error: &$crate::token::error::TokenError) -> Vec<&str> {
                self.verifier.expected(error)
            }
        }
    };
}

use judges_only_its_own;
