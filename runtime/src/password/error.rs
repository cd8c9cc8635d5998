//! The errors of passwords, and their responses.

use std::fmt;

use crate::error::AuthError;

/// Why a password could not be hashed or compared. A wrong password is not an error.
///
/// As an [`AuthError`], [`Busy`](Self::Busy) is 503 with `Retry-After: 1`, [`TooLong`](Self::TooLong) is 400, and everything
/// else is 500.
///
/// ```
/// use axum_scopes::{AuthError, password::PasswordError};
///
/// assert_eq!(AuthError::from(PasswordError::Busy).status(), 503);
/// assert_eq!(AuthError::from(PasswordError::TooLong).status(), 400);
/// assert_eq!(AuthError::from(PasswordError::Failed).status(), 500);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasswordError {
    /// The queue is full.
    Busy,
    /// A password to be hashed has more than [`Passwords::MAX_LEN`](crate::password::Passwords::MAX_LEN) bytes.
    TooLong,
    /// The parameters of a policy are weaker than OWASP's minimum, or invalid for argon2.
    Policy,
    /// Memory or random numbers are not available, or the runtime is shutting down.
    Failed,
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Busy => "too many passwords are waiting to be hashed",
            Self::TooLong => "the password is too long",
            Self::Policy => "the argon2 parameters are invalid or weaker than the minimum",
            Self::Failed => "the password could not be hashed",
        })
    }
}

impl std::error::Error for PasswordError {}

impl From<PasswordError> for AuthError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::unavailable(1),
            PasswordError::TooLong => Self::bad_request("Password too long"),
            PasswordError::Policy | PasswordError::Failed => Self::internal(),
        }
    }
}
