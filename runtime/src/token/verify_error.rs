//! The error of a verifier: it refuses the token, or cannot verify it now.

use std::{error::Error, fmt, sync::Arc};

use super::error::TokenError;

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

impl From<TokenError> for VerifyError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

/// Ignores the cause of an [`Unavailable`](VerifyError::Unavailable), because errors cannot be compared.
impl PartialEq for VerifyError {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Token(error), Self::Token(other)) => error == other,
            (Self::Unavailable { retry_after: one, .. }, Self::Unavailable { retry_after: other, .. }) => one == other,
            _ => false,
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::Unavailable { .. } => f.write_str("the token cannot be verified now"),
        }
    }
}

impl Error for VerifyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            Self::Unavailable { source, .. } => source.as_deref().map(|source| source as _),
        }
    }
}
