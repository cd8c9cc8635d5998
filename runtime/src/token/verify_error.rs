//! The error of a verifier: it refuses the token, or cannot verify it now.

use std::{error::Error, fmt, sync::Arc};

use axum::http::HeaderValue;

use super::error::TokenError;
use crate::credential::presented::Unconfirmed;

/// Why a token is refused, or cannot be verified now.
///
/// ```
/// use axum_scopes::token::{TokenError, VerifyError};
///
/// assert_eq!(VerifyError::from(TokenError::Expired).to_string(), "token has expired");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VerifyError {
    /// The token is refused: 401.
    Token(TokenError),
    /// The proof that the token belongs to its sender is refused: 401 with the challenge `DPoP` (RFC 9449 §7.1).
    Proof {
        /// The nonce that the client's next proof needs (RFC 9449 §9). The error code is then `use_dpop_nonce`, and else
        /// `invalid_dpop_proof`.
        nonce: Option<HeaderValue>,
        /// The cause, for the log.
        source: Arc<dyn Error + Send + Sync>,
    },
    /// The token cannot be verified now: 503 and not 401, because another token would not help.
    Unavailable {
        /// The seconds after which the client may try again (RFC 9110 §10.2.3).
        retry_after: u32,
        /// The cause, for the log.
        source: Option<Arc<dyn Error + Send + Sync>>,
    },
}

impl VerifyError {
    /// The token cannot be verified now; the client may try again in `retry_after` seconds.
    ///
    /// ```
    /// use axum_scopes::token::VerifyError;
    ///
    /// let error = VerifyError::unavailable(5, std::io::Error::other("the session store is down"));
    /// assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the session store is down");
    /// ```
    #[must_use]
    pub fn unavailable(retry_after: u32, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Unavailable { retry_after, source: Some(Arc::new(source)) }
    }
}

impl From<Unconfirmed> for VerifyError {
    fn from(error: Unconfirmed) -> Self {
        Self::Token(error.into())
    }
}

impl From<TokenError> for VerifyError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

/// Ignores causes, because errors cannot be compared.
impl PartialEq for VerifyError {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Token(error), Self::Token(other)) => error == other,
            (Self::Unavailable { retry_after: one, .. }, Self::Unavailable { retry_after: other, .. }) => one == other,
            (Self::Proof { nonce: one, .. }, Self::Proof { nonce: other, .. }) => one == other,
            _ => false,
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::Proof { nonce: None, .. } => f.write_str("the proof of the token's sender is refused"),
            Self::Proof { nonce: Some(_), .. } => f.write_str("the proof of the token's sender needs a nonce"),
            Self::Unavailable { .. } => f.write_str("the token cannot be verified now"),
        }
    }
}

impl Error for VerifyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            Self::Proof { source, .. } => Some(&**source),
            Self::Unavailable { source, .. } => source.as_deref().map(|source| source as _),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Error, sync::Arc};

    use super::{HeaderValue, TokenError, VerifyError};

    /// Tests of services compare them.
    #[test]
    fn errors_are_equal_if_all_but_their_causes_is() {
        let proof = |nonce: Option<&'static str>| VerifyError::Proof {
            nonce: nonce.map(HeaderValue::from_static),
            source: Arc::new(Error),
        };
        let errors = [
            (VerifyError::from(TokenError::Expired), "token has expired"),
            (TokenError::Signature.into(), "token signature is wrong"),
            (proof(None), "the proof of the token's sender is refused"),
            (proof(Some("a")), "the proof of the token's sender needs a nonce"),
            (proof(Some("b")), "the proof of the token's sender needs a nonce"),
            (VerifyError::unavailable(1, Error), "the token cannot be verified now"),
            (VerifyError::unavailable(2, Error), "the token cannot be verified now"),
        ];
        for (i, (error, text)) in errors.iter().enumerate() {
            assert_eq!(error.to_string(), *text);
            for (j, (other, _)) in errors.iter().enumerate() {
                assert_eq!(error == other, i == j, "{error:?} {other:?}");
            }
        }
        let other_cause = VerifyError::unavailable(1, std::io::Error::other("away"));
        assert_eq!(errors[5].0, other_cause);
    }
}
