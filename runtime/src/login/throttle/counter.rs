//! Counts in a store, or in this process while the store does not answer.

use std::{
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, SystemTime},
};

use tokio::time::timeout;

use super::refusals::Refusals;
use crate::{
    error::StoreError,
    login::store::{Digest, Limit, MemoryThrottle, Taken, ThrottleStore},
};

/// A store that takes longer is as good as one that fails.
const PATIENCE: Duration = Duration::from_secs(2);

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A [`ThrottleStore`] of any type.
trait AnyStore: Send + Sync {
    fn take<'a>(&'a self, key: &'a Digest, limit: Limit, now: SystemTime) -> Answer<'a, Taken>;
    fn give_back<'a>(&'a self, key: &'a Digest, limit: Limit, now: SystemTime) -> Answer<'a, ()>;
}

impl<S: ThrottleStore> AnyStore for S {
    fn take<'a>(&'a self, key: &'a Digest, limit: Limit, now: SystemTime) -> Answer<'a, Taken> {
        Box::pin(ThrottleStore::take(self, key, limit, now))
    }

    fn give_back<'a>(&'a self, key: &'a Digest, limit: Limit, now: SystemTime) -> Answer<'a, ()> {
        Box::pin(ThrottleStore::give_back(self, key, limit, now))
    }
}

pub(super) struct Counter {
    store: Box<dyn AnyStore>,
    /// A login needs some limit at any time. With each process counting alone, all of them together allow more.
    local: MemoryThrottle,
    refusals: Refusals,
    /// Whether the last answer was an error, so that an outage is logged once.
    is_out: AtomicBool,
}

/// An attempt that was counted.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) key: Digest,
    limit: Limit,
    /// Whether the store knows it. If not, it is counted in this process.
    in_store: bool,
}

impl Counter {
    pub(super) fn new(store: impl ThrottleStore) -> Self {
        let (local, refusals) = (MemoryThrottle::default(), Refusals::default());
        Self { store: Box::new(store), local, refusals, is_out: AtomicBool::new(false) }
    }

    /// Takes an attempt. `Err` is the time to wait.
    pub(super) async fn take(&self, key: Digest, limit: Limit, now: SystemTime) -> Result<Counted, Duration> {
        if let Some(retry_after) = self.refusals.of(&key, now) {
            return Err(retry_after);
        }
        let answer = self.answer(self.store.take(&key, limit, now)).await;
        let in_store = answer.is_some();
        match answer.unwrap_or_else(|| self.local.take_now(&key, limit, now)) {
            Taken::Allowed => Ok(Counted { key, limit, in_store }),
            Taken::Refused { retry_after } => {
                // Otherwise a store that answers again would not be noticed.
                if in_store {
                    self.refusals.remember(key, retry_after, now);
                }
                Err(retry_after)
            }
        }
    }

    pub(super) async fn give_back(&self, counted: &Counted, now: SystemTime) {
        let Counted { key, limit, in_store } = counted;
        self.refusals.forget(key);
        if *in_store {
            // What is lost here comes back with time.
            let _ = self.answer(self.store.give_back(key, *limit, now)).await;
        } else {
            self.local.give_back_now(key, *limit, now);
        }
    }

    /// `None` if the store does not answer.
    async fn answer<T>(&self, answer: Answer<'_, T>) -> Option<T> {
        match timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => {
                if self.is_out.swap(false, Relaxed) {
                    tracing::info!("the store of the throttle answers again");
                }
                Some(answer)
            }
            Ok(Err(error)) => self.log_outage(error.source()),
            Err(elapsed) => self.log_outage(Some(&elapsed)),
        }
    }

    fn log_outage<T>(&self, cause: Option<&(dyn Error + 'static)>) -> Option<T> {
        if !self.is_out.swap(true, Relaxed) {
            tracing::error!(cause, "the store of the throttle does not answer; this process limits attempts by itself");
        }
        None
    }
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter").field("local", &self.local).field("is_out", &self.is_out).finish_non_exhaustive()
    }
}
