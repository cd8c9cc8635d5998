//! One request for each token at a time: whoever asks about a token that is asked about already waits for that answer. A request
//! is a task of its own, so it goes on if those who began it go away.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::jose::provider::Digest;

/// The requests under way, by the digest of their tokens.
pub(super) struct Flights<T>(Mutex<HashMap<Digest, watch::Receiver<Option<T>>>>);

/// A request under way. When it is dropped, also by a panic, it is not under way any more.
pub(super) struct Flight<T> {
    flights: Arc<Flights<T>>,
    digest: Digest,
    landing: watch::Sender<Option<T>>,
}

impl<T: Clone> Flights<T> {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::default()))
    }

    /// Waits for the answer about a token. If nobody asks about it yet, `admit` says whether a request may begin, and `begin` begins
    /// it. `None` if the request has ended without an answer.
    pub(super) async fn answer<P, E>(
        self: &Arc<Self>,
        digest: Digest,
        admit: impl FnOnce() -> Result<P, E>,
        begin: impl FnOnce(Flight<T>, P),
    ) -> Result<Option<T>, E> {
        let mut receiver = self.join(digest, admit, begin)?;
        let answer = receiver.wait_for(Option::is_some).await;
        Ok(answer.ok().and_then(|answer| answer.clone()))
    }

    fn join<P, E>(
        self: &Arc<Self>,
        digest: Digest,
        admit: impl FnOnce() -> Result<P, E>,
        begin: impl FnOnce(Flight<T>, P),
    ) -> Result<watch::Receiver<Option<T>>, E> {
        let (receiver, flight, admitted) = {
            let mut flights = self.lock();
            if let Some(receiver) = flights.get(&digest) {
                return Ok(receiver.clone());
            }
            let admitted = admit()?;
            let (landing, receiver) = watch::channel(None);
            flights.insert(digest, receiver.clone());
            (receiver, Flight { flights: Arc::clone(self), digest, landing }, admitted)
        };
        // Unlocked, because a flight that is dropped at once takes the lock.
        begin(flight, admitted);
        Ok(receiver)
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }
}

impl<T> Flights<T> {
    fn lock(&self) -> MutexGuard<'_, HashMap<Digest, watch::Receiver<Option<T>>>> {
        // A panic leaves no partial entries.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Flight<T> {
    /// Tells the answer to all who wait for it.
    pub(super) fn land(self, answer: T) {
        // Whoever comes from now on begins another request.
        self.flights.lock().remove(&self.digest);
        self.landing.send_replace(Some(answer));
    }
}

impl<T> Drop for Flight<T> {
    fn drop(&mut self) {
        // After `land`, the place may be another flight's.
        if self.landing.borrow().is_none() {
            self.flights.lock().remove(&self.digest);
        }
    }
}
