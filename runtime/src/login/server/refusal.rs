//! What a request is refused with, and what is told of it.

use super::super::event::Outcome;
#[cfg(feature = "dpop")]
use crate::error::ErrorKind;
use crate::{
    error::{AuthError, StoreError},
    password::PasswordError,
};

pub(super) struct Refusal {
    pub(super) outcome: Outcome,
    pub(super) error: AuthError,
}

impl Refusal {
    pub(super) const fn new(outcome: Outcome, error: AuthError) -> Self {
        Self { outcome, error }
    }

    /// The request is malformed, or asks for what it cannot have.
    pub(super) const fn of_request(error: AuthError) -> Self {
        Self::new(Outcome::RequestRefused, error)
    }

    /// The service made a mistake, which is logged.
    pub(super) fn failed(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(cause, "a login failed");
        Self::new(Outcome::Failed, AuthError::internal())
    }

    /// The client is unknown, or failed to authenticate. It does not learn which.
    pub(super) fn of_client() -> Self {
        Self::new(Outcome::ClientRefused, AuthError::invalid_client("Client authentication failed"))
    }

    #[cfg(feature = "dpop")]
    pub(super) fn of_proof(error: AuthError) -> Self {
        let is_unknown = error.kind() == ErrorKind::Unavailable;
        Self::new(if is_unknown { Outcome::StoreUnavailable } else { Outcome::RequestRefused }, error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::new(Outcome::StoreUnavailable, error.into())
    }
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::new(Outcome::Busy, error.into()),
            PasswordError::TooLong => Self::of_request(error.into()),
            _ => Self::failed(&error),
        }
    }
}
