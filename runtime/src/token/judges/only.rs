//! What verifiers have in common that judge only their own tokens.

/// Implements `VerifyToken` for a type that asks `verifier` only about tokens of which its method
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
            ) -> $crate::token::judges::otherwise::Otherwise<Self, B> {
                $crate::token::judges::otherwise::Otherwise::new(self, other)
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

pub(super) use judges_only_its_own;
