//! Stores that cannot be asked now: a database does not answer, or a store in memory is full.

use std::{error::Error, fmt, sync::Arc};

/// A store cannot do what it was asked for, because its database does not answer or because it is full.
///
/// As an [`AuthError`](crate::AuthError), it is 503 with `Retry-After`. The cause is logged then, and the client does not learn it.
///
/// ```
/// use axum_scopes::{AuthError, error::StoreError};
///
/// let error = StoreError::new(5, std::io::Error::other("no connection"));
/// assert_eq!(error.retry_after(), 5);
/// assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no connection");
/// assert_eq!(AuthError::from(error).status(), 503);
/// ```
#[derive(Clone, Debug)]
pub struct StoreError {
    retry_after: u32,
    source: Arc<dyn Error + Send + Sync>,
}

impl StoreError {
    /// The client may try again in `retry_after` seconds. `source` is the cause, which is logged.
    ///
    /// ```
    /// # use axum_scopes::error::StoreError;
    /// assert_eq!(StoreError::new(1, std::io::Error::other("full")).retry_after(), 1);
    /// ```
    #[must_use]
    pub fn new(retry_after: u32, source: impl Error + Send + Sync + 'static) -> Self {
        Self { retry_after, source: Arc::new(source) }
    }

    /// The seconds after which the client may try again (RFC 9110 §10.2.3).
    ///
    /// ```
    /// # use axum_scopes::error::StoreError;
    /// assert_eq!(StoreError::new(30, std::io::Error::other("no connection")).retry_after(), 30);
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> u32 {
        self.retry_after
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a store cannot be asked now")
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
