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

#[cfg(test)]
mod tests {
    use super::{AuthError, Outcome, PasswordError, Refusal};

    #[test]
    fn a_refusal_says_whether_the_request_or_the_service_is_to_blame() {
        for (refusal, outcome, status) in [
            (Refusal::from(PasswordError::Busy), Outcome::Busy, 503),
            (Refusal::from(PasswordError::TooLong), Outcome::RequestRefused, 400),
            (Refusal::from(PasswordError::Failed), Outcome::Failed, 500),
            #[cfg(feature = "dpop")]
            (Refusal::of_proof(AuthError::unavailable(1)), Outcome::StoreUnavailable, 503),
            #[cfg(feature = "dpop")]
            (Refusal::of_proof(AuthError::bad_request("no proof")), Outcome::RequestRefused, 400),
            (Refusal::of_request(AuthError::bad_request("no name")), Outcome::RequestRefused, 400),
        ] {
            assert_eq!((refusal.outcome, refusal.error.status().as_u16()), (outcome, status));
        }
    }
}
