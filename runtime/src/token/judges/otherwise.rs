//! Two verifiers, of which the second judges what is not the first one's.

use crate::{
    credential::presented::Presented,
    token::{
        error::TokenError,
        judge::{Confirms, FromToken, VerifyToken},
        verified::VerifiedToken,
        verify_error::VerifyError,
    },
};

/// Asks `A`, and asks `B` about tokens of which `A` says [`TokenError::NotMine`]. Every other verdict of `A` stands.
///
/// [`by_prefix`](super::by_prefix), [`by_issuer`](super::by_issuer) and [`jwts`](super::jwts) make verifiers that say so, and
/// `otherwise` makes this type of them.
#[derive(Clone, Debug)]
pub struct Otherwise<A, B> {
    first: A,
    second: B,
}

impl<A: VerifyToken, B: VerifyToken> Otherwise<A, B> {
    /// Asks `second` about tokens that are not those of `first`.
    ///
    /// ```
    /// use axum_scopes::{HmacKey, TokenVerifier, token::judges::{Otherwise, by_prefix}};
    ///
    /// # let tokens = |byte| Ok::<_, axum_scopes::jose::KeyError>(TokenVerifier::hs256(&HmacKey::new([byte; 32])?));
    /// let verifier = Otherwise::new(by_prefix("old.", tokens(7)?), tokens(8)?);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub const fn new(first: A, second: B) -> Self {
        Self { first, second }
    }

    /// Asks `third` about tokens that are neither those of the first nor those of the second verifier.
    ///
    /// ```
    /// use axum_scopes::{HmacKey, TokenVerifier, token::judges::by_prefix};
    ///
    /// # let tokens = |byte| Ok::<_, axum_scopes::jose::KeyError>(TokenVerifier::hs256(&HmacKey::new([byte; 32])?));
    /// let verifier = by_prefix("a.", tokens(7)?).otherwise(by_prefix("b.", tokens(8)?)).otherwise(tokens(9)?);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub const fn otherwise<C: VerifyToken>(self, third: C) -> Otherwise<Self, C> {
        Otherwise::new(self, third)
    }
}

impl<A: VerifyToken, B: VerifyToken> VerifyToken for Otherwise<A, B> {
    const MAY_BE_UNAVAILABLE: bool = A::MAY_BE_UNAVAILABLE || B::MAY_BE_UNAVAILABLE;
    const CONFIRMS: Confirms = A::CONFIRMS.and(B::CONFIRMS);

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        match self.first.judge(presented).await {
            Err(VerifyError::Token(TokenError::NotMine)) => self.second.judge(presented).await,
            verdict => verdict,
        }
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        match self.first.judge_as(presented).await {
            Err(VerifyError::Token(TokenError::NotMine)) => self.second.judge_as(presented).await,
            verdict => verdict,
        }
    }

    /// Those of both, because nobody knows here which of them has refused the token.
    fn expected(&self, error: &TokenError) -> Vec<&str> {
        [self.first.expected(error), self.second.expected(error)].concat()
    }
}
