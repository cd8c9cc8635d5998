//! Work that goes on when its caller goes away, as a request does when the client closes the connection.

use std::{fmt, future::Future};

use crate::error::StoreError;

/// The output of a future that runs to its end, whatever happens to the caller.
pub(super) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, StoreError> {
    // It is never aborted. So either the store has panicked, or the runtime is shutting down.
    tokio::spawn(work).await.unwrap_or_else(|_| Err(StoreError::new(1, Broken)))
}

#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store has panicked, or the service is stopping")
    }
}

impl std::error::Error for Broken {}
