//! A store that fails, hangs and panics when a test wants it to, and notes when it is called.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use tokio::{sync::watch, time::Instant};

use crate::{
    error::StoreError,
    login::store::{Digest, Ended, Ending, MemoryStore, Rotated, Rotation, Session, SessionId, SessionStore},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Works,
    Fails,
    /// Until it is in another mode.
    Hangs,
    Panics,
}

#[derive(Clone)]
pub(super) struct TestStore {
    pub(super) inner: MemoryStore,
    mode: watch::Sender<Mode>,
    calls: Arc<Mutex<Vec<(&'static str, Instant)>>>,
    /// What it was given last.
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
    /// How long new tokens live unused.
    idle: Arc<Mutex<Vec<Duration>>>,
    /// How long the ends of sessions are remembered.
    remembered: Arc<Mutex<Vec<Duration>>>,
}

impl Default for TestStore {
    fn default() -> Self {
        let (mode, _) = watch::channel(Mode::Works);
        Self {
            inner: MemoryStore::default(),
            mode,
            calls: Arc::default(),
            seen: Arc::default(),
            idle: Arc::default(),
            remembered: Arc::default(),
        }
    }
}

impl TestStore {
    pub(super) fn set(&self, mode: Mode) {
        self.mode.send_replace(mode);
    }

    /// When a method was called.
    pub(super) fn calls(&self, of: &str) -> Vec<Instant> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.iter().filter(|(name, _)| *name == of).map(|(_, at)| *at).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Everything about tokens that it was given.
    pub(super) fn seen(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How long new tokens live unused.
    pub(super) fn idle(&self) -> Vec<Duration> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How long the ends of sessions are remembered.
    pub(super) fn remembered(&self) -> Vec<Duration> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn lives(&self, now: SystemTime, until: SystemTime) {
        let idle = until.duration_since(now).unwrap_or_default();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(idle);
    }

    fn see(&self, digest: &Digest) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(digest.to_vec());
    }

    async fn enter(&self, call: &'static str) -> Result<(), StoreError> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push((call, Instant::now()));
        let mut mode = self.mode.subscribe();
        let now = *mode.borrow();
        match now {
            Mode::Works => Ok(()),
            Mode::Fails => Err(StoreError::new(3, std::io::Error::other("no connection"))),
            Mode::Panics => panic!("a bug in the store"),
            Mode::Hangs => {
                // The sender is in `self`.
                let _ = mode.wait_for(|mode| *mode != Mode::Hangs).await;
                Ok(())
            }
        }
    }
}

impl SessionStore for TestStore {
    async fn begin(&self, session: &Session, token: &Digest, idle_until: SystemTime) -> Result<(), StoreError> {
        self.see(token);
        self.lives(session.started, idle_until);
        self.enter("begin").await?;
        self.inner.begin(session, token, idle_until).await
    }

    async fn find(&self, token: &Digest) -> Result<Option<Session>, StoreError> {
        self.see(token);
        self.enter("find").await?;
        SessionStore::find(&self.inner, token).await
    }

    async fn rotate(&self, rotation: &Rotation) -> Result<Rotated, StoreError> {
        self.see(&rotation.presented);
        self.see(&rotation.successor);
        self.lives(rotation.now, rotation.idle_until);
        self.enter("rotate").await?;
        self.inner.rotate(rotation).await
    }

    async fn end(
        &self,
        which: Ending<'_>,
        now: SystemTime,
        remember_until: SystemTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        let remembered = remember_until.duration_since(now).unwrap_or_default();
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner).push(remembered);
        self.enter("end").await?;
        self.inner.end(which, now, remember_until).await
    }

    async fn ended_since(&self, since: SystemTime) -> Result<Vec<Ended>, StoreError> {
        self.enter("ended_since").await?;
        self.inner.ended_since(since).await
    }

    async fn sessions_of(&self, subject: &str, now: SystemTime, limit: u32) -> Result<Vec<Session>, StoreError> {
        self.enter("sessions_of").await?;
        self.inner.sessions_of(subject, now, limit).await
    }
}
