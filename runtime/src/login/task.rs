//! Work that goes on when its caller goes away, as a request does when the client closes the connection.

use std::{fmt, future::Future};

use tracing::instrument::{Instrument, WithSubscriber};

use crate::error::StoreError;

/// The output of a future that runs to its end, whatever happens to the caller. What it logs belongs to the caller's span.
pub(super) async fn to_its_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, Broken> {
    // It is never aborted. So either a store or the listener has panicked, or the runtime is shutting down.
    tokio::spawn(work.in_current_span().with_current_subscriber()).await.map_err(|_| Broken)
}

/// The same for what is asked of a store.
pub(super) async fn stored<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, StoreError> {
    to_its_end(work).await.unwrap_or_else(|broken| Err(StoreError::new(1, broken)))
}

#[derive(Debug)]
pub(super) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store has panicked, or the service is stopping")
    }
}

impl std::error::Error for Broken {}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fault_says_what_may_have_happened() {
        assert_eq!(super::Broken.to_string(), "the store has panicked, or the service is stopping");
    }
}
