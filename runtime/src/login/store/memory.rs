//! All stores of a login in the memory of one process.

mod forget;
mod personal;
mod sessions;
pub(crate) mod throttle;

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::{
    digest::Digest,
    personal::{PersonalToken, PersonalTokenStore},
    session::{Ended, Ending, Rotated, Rotation, Session, SessionId, SessionStore},
    throttle::{Limit, Taken, ThrottleStore},
};
use crate::error::StoreError;
#[cfg(feature = "dpop")]
use crate::sender::dpop::{MemoryReplayStore, ReplayStore};

/// The stores of a login in memory, for tests and for services that may forget all logins when they stop.
///
/// It implements all traits of [`store`](crate::login::store), and with the feature `dpop` the `ReplayStore` of
/// `sender::dpop`. Copies share what they keep. It forgets what has expired, so it keeps no more than is in use.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::login::store::{Ending, MemoryStore, SessionId, SessionStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes::error::StoreError> {
/// let (store, id, now) = (MemoryStore::default(), SessionId::from_bytes([7; 16]), SystemTime::now());
/// assert_eq!(store.end(Ending::Session(id), now, now + Duration::from_secs(600)).await?, [id]);
/// assert_eq!(store.clone().ended_since(now).await?[0].session, id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Stores>);

#[derive(Default)]
struct Stores {
    sessions: sessions::Sessions,
    personal: personal::PersonalTokens,
    attempts: throttle::MemoryThrottle,
    #[cfg(feature = "dpop")]
    replays: MemoryReplayStore,
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl SessionStore for MemoryStore {
    async fn begin(&self, session: &Session, token: &Digest, idle_until: SystemTime) -> Result<(), StoreError> {
        self.0.sessions.begin(session, *token, idle_until);
        Ok(())
    }

    async fn find(&self, token: &Digest) -> Result<Option<Session>, StoreError> {
        Ok(self.0.sessions.find(token))
    }

    async fn rotate(&self, rotation: &Rotation) -> Result<Rotated, StoreError> {
        Ok(self.0.sessions.rotate(rotation))
    }

    async fn end(
        &self,
        which: Ending<'_>,
        now: SystemTime,
        remember_until: SystemTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        Ok(self.0.sessions.end(which, now, remember_until))
    }

    async fn ended_since(&self, since: SystemTime) -> Result<Vec<Ended>, StoreError> {
        Ok(self.0.sessions.ended_since(since))
    }

    async fn sessions_of(&self, subject: &str, now: SystemTime, limit: u32) -> Result<Vec<Session>, StoreError> {
        Ok(self.0.sessions.sessions_of(subject, now, limit))
    }
}

impl PersonalTokenStore for MemoryStore {
    async fn create(&self, token: &PersonalToken, digest: &Digest, at_most: u32) -> Result<bool, StoreError> {
        Ok(self.0.personal.create(token, *digest, at_most))
    }

    async fn find(
        &self,
        digest: &Digest,
        now: SystemTime,
        coarse: Duration,
    ) -> Result<Option<PersonalToken>, StoreError> {
        Ok(self.0.personal.find(digest, now, coarse))
    }

    async fn list(&self, subject: &str, now: SystemTime) -> Result<Vec<PersonalToken>, StoreError> {
        Ok(self.0.personal.list(subject, now))
    }

    async fn delete(&self, subject: &str, id: &str) -> Result<bool, StoreError> {
        Ok(self.0.personal.delete(subject, id))
    }

    async fn delete_all(&self, subject: &str) -> Result<u64, StoreError> {
        Ok(self.0.personal.delete_all(subject))
    }
}

impl ThrottleStore for MemoryStore {
    async fn take(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<Taken, StoreError> {
        self.0.attempts.take(key, limit, now).await
    }

    async fn give_back(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<(), StoreError> {
        self.0.attempts.give_back(key, limit, now).await
    }
}

#[cfg(feature = "dpop")]
impl ReplayStore for MemoryStore {
    async fn first_use(&self, digest: &[u8; 32], client: &[u8; 32], until: u64) -> Result<bool, StoreError> {
        self.0.replays.first_use(digest, client, until).await
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests;
