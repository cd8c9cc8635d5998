//! The users and the store of a service in memory, which can be away, and slow.

use std::{
    collections::HashMap,
    future::Future,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use axum_scopes::{
    error::StoreError,
    login::{
        Account, Accounts,
        store::{
            Digest, Ended, Ending, Limit, MemoryStore, Rotated, Rotation, Session, SessionId, SessionStore, Taken,
            ThrottleStore,
        },
    },
};

use super::until;

/// Whether the stores answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Down(Arc<AtomicBool>);

impl Down {
    pub(super) fn set(&self, is_down: bool) {
        self.0.store(is_down, Ordering::SeqCst);
    }

    fn answer(&self) -> Result<(), StoreError> {
        if self.0.load(Ordering::SeqCst) {
            return Err(StoreError::new(7, std::io::Error::other("the secret address of the database")));
        }
        Ok(())
    }
}

/// The users, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Users {
    accounts: Arc<Mutex<HashMap<String, Account>>>,
    pub(super) down: Down,
    /// The names that were looked up.
    pub(super) asked: Arc<Mutex<Vec<String>>>,
}

impl Users {
    pub(super) fn change(&self, name: &str, change: impl FnOnce(&mut Account)) {
        change(self.accounts.lock().unwrap().get_mut(name).unwrap());
    }

    pub(super) fn insert(&self, name: &str, account: Account) {
        self.accounts.lock().unwrap().insert(name.to_owned(), account);
    }

    pub(super) fn hash_of(&self, name: &str) -> Option<String> {
        self.accounts.lock().unwrap()[name].password_hash.clone()
    }
}

impl Accounts for Users {
    async fn find(&self, username: &str) -> Result<Option<Account>, StoreError> {
        self.down.answer()?;
        self.asked.lock().unwrap().push(username.to_owned());
        Ok(self.accounts.lock().unwrap().get(username).cloned())
    }

    async fn find_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
        self.down.answer()?;
        Ok(self.accounts.lock().unwrap().values().find(|account| account.subject == subject).cloned())
    }

    async fn replace_hash(&self, subject: &str, old: &str, new: &str) -> Result<bool, StoreError> {
        self.down.answer()?;
        let mut accounts = self.accounts.lock().unwrap();
        let account = accounts.values_mut().find(|account| account.subject == subject);
        let account = account.filter(|account| account.password_hash.as_deref() == Some(old));
        Ok(account.map(|account| account.password_hash = Some(new.to_owned())).is_some())
    }
}

/// The store of sessions, which can be away, and slow.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    inner: MemoryStore,
    pub(super) down: Down,
    pub(super) slow: Arc<Mutex<Duration>>,
    /// How many refresh tokens were used.
    used: Arc<AtomicUsize>,
    /// How many sessions were about to begin.
    begun: Arc<AtomicUsize>,
}

impl Store {
    async fn call<T>(&self, call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        self.down.answer()?;
        let slow = *self.slow.lock().unwrap();
        if slow > Duration::ZERO {
            tokio::time::sleep(slow).await;
        }
        call.await
    }
}

impl Store {
    /// How many refresh tokens were used. A token that is used again within the grace counts again.
    pub(super) fn used(&self) -> usize {
        self.used.load(Ordering::SeqCst)
    }

    /// Waits until one more session is about to begin.
    pub(super) async fn begins(&self) {
        let before = self.begun.load(Ordering::SeqCst);
        until(async || self.begun.load(Ordering::SeqCst) > before).await;
    }
}

impl SessionStore for Store {
    async fn begin(&self, session: &Session, token: &Digest, idle_until: SystemTime) -> Result<(), StoreError> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.call(self.inner.begin(session, token, idle_until)).await
    }

    async fn find(&self, token: &Digest) -> Result<Option<Session>, StoreError> {
        self.call(SessionStore::find(&self.inner, token)).await
    }

    async fn rotate(&self, rotation: &Rotation) -> Result<Rotated, StoreError> {
        self.used.fetch_add(1, Ordering::SeqCst);
        self.call(self.inner.rotate(rotation)).await
    }

    async fn end(
        &self,
        which: Ending<'_>,
        now: SystemTime,
        remember_until: SystemTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        self.call(self.inner.end(which, now, remember_until)).await
    }

    async fn ended_since(&self, since: SystemTime) -> Result<Vec<Ended>, StoreError> {
        self.call(self.inner.ended_since(since)).await
    }

    async fn sessions_of(&self, subject: &str, now: SystemTime, limit: u32) -> Result<Vec<Session>, StoreError> {
        self.call(self.inner.sessions_of(subject, now, limit)).await
    }
}

impl ThrottleStore for Store {
    async fn take(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<Taken, StoreError> {
        self.call(self.inner.take(key, limit, now)).await
    }

    async fn give_back(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<(), StoreError> {
        self.call(self.inner.give_back(key, limit, now)).await
    }
}
