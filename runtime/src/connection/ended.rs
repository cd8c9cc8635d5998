//! Why a lease has ended: for the log, and for the client where the connection has a place for it.

use std::{error::Error, fmt};

use crate::token::verify_error::VerifyError;

/// Why a connection may not go on.
///
/// `Display` is for the client and says nothing of the cause. `Debug` is for logs. Neither shows anything of the token.
///
/// ```
/// use axum_scopes::{connection::Ended, token::TokenError};
///
/// let ended = Ended::Refused(TokenError::Inactive.into());
/// assert_eq!((ended.to_string().as_str(), ended.close_code()), ("token is no longer accepted", 1008));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ended {
    /// The time [`exp`](crate::Claims::exp) has come.
    Expired,
    /// The token was verified again, and refused.
    Refused(VerifyError),
    /// The token was verified again, and has another subject or another `cnf` than before, or lacks a scope that it had. The same for a
    /// token that is to follow it.
    Changed,
    /// The token was to be verified again, and nobody could for longer than is [tolerated](crate::connection::Lease::tolerate).
    Unverified,
}

impl Ended {
    /// The code with which a WebSocket is closed: 1008, "policy violation" (RFC 6455 §7.4.1). For [`Unverified`](Self::Unverified) it is
    /// 1013, "try again later", as the IANA registry of close codes has it.
    ///
    /// ```
    /// use axum::extract::ws::close_code;
    /// use axum_scopes::connection::Ended;
    ///
    /// assert_eq!(Ended::Expired.close_code(), close_code::POLICY);
    /// assert_eq!(Ended::Unverified.close_code(), close_code::AGAIN);
    /// ```
    #[must_use]
    pub fn close_code(&self) -> u16 {
        match self {
            Self::Expired | Self::Refused(_) | Self::Changed => 1008,
            Self::Unverified => 1013,
        }
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "token has expired",
            Self::Refused(_) => "token is no longer accepted",
            Self::Changed => "token no longer grants what it did",
            Self::Unverified => "token cannot be verified now",
        })
    }
}

impl Error for Ended {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Expired | Self::Changed | Self::Unverified => None,
        }
    }
}
