//! Refusals of a token that was presented in a known way: their challenges are of the scheme that the request used.

use axum::http::HeaderValue;

use crate::{
    credential::presented::{Presented, PresentedAs},
    dependency::security_scopes::SecurityScopes,
    error::AuthError,
};

impl SecurityScopes<'_> {
    /// The same scopes, whose refusals are about this token: their challenges are of the scheme that it was presented with,
    /// `Bearer` or `DPoP` (RFC 9449 §7.1).
    ///
    /// [`AccessToken`](crate::credential::AccessToken) has an example.
    #[must_use]
    pub const fn answering(mut self, presented: &Presented<'_>) -> Self {
        self.dpop = matches!(presented.how(), PresentedAs::DPoP);
        self
    }

    /// A 401 for a token whose proof is refused, or needs this nonce.
    pub(crate) fn refused_proof(&self, nonce: Option<HeaderValue>) -> AuthError {
        AuthError::refused_proof(&self.place(), nonce)
    }
}
