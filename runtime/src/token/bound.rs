//! Values of tokens that have to be bound to their sender: claims come in, and a token that is bound to nobody goes out as an error.

use super::{claims::Claims, error::TokenError, judge::FromToken};
use crate::scopes::grants::Grants;

/// A value of a token that is bound to its sender. A verifier of the service's own may forget what the scheme requires.
pub(crate) struct Bound<T>(pub(crate) T);

impl<T: FromToken> FromToken for Bound<T> {
    fn from_token(claims: Claims, payload: &str) -> Result<Self, TokenError> {
        if claims.cnf.as_ref().is_none_or(|cnf| cnf.is_unknown()) {
            return Err(TokenError::Unbound);
        }
        T::from_token(claims, payload).map(Self)
    }
}

impl<T: Grants> Grants for Bound<T> {
    fn grants(&self, scope: &str) -> bool {
        self.0.grants(scope)
    }
}
