//! Bounds on waiting requests and on those to the endpoint, separate for tokens that were accepted before and for all others, so
//! that a flood of made-up tokens cannot hold up the good ones.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// The most callers that wait, and the most tokens that they wait for. Each caller holds its memory and connection.
pub(super) const MOST_WAITING: usize = 1000;

pub(super) struct Lane {
    callers: Semaphore,
    tokens: Arc<Semaphore>,
    requests: Semaphore,
}

impl Lane {
    /// At most `requests` to the endpoint at once.
    pub(super) fn new(requests: usize) -> Self {
        Self {
            callers: Semaphore::new(MOST_WAITING),
            tokens: Arc::new(Semaphore::new(MOST_WAITING)),
            requests: Semaphore::new(requests.clamp(1, MOST_WAITING)),
        }
    }

    /// A place for a caller that waits.
    pub(super) fn caller(&self) -> Option<SemaphorePermit<'_>> {
        self.callers.try_acquire().ok()
    }

    /// A place for a token whose request begins. It outlives callers that go away.
    pub(super) fn token(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.tokens).try_acquire_owned().ok()
    }

    /// Waits until a request may be sent.
    pub(super) async fn request(&self) -> Option<SemaphorePermit<'_>> {
        self.requests.acquire().await.ok()
    }
}
