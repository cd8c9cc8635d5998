//! From an error of a store to a refusal.

use std::error::Error;

use super::{AuthError, store::StoreError};

impl From<StoreError> for AuthError {
    fn from(error: StoreError) -> Self {
        tracing::error!(cause = error.source(), "a store cannot be asked");
        Self::unavailable(error.retry_after())
    }
}
