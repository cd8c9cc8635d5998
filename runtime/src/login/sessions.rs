//! Sessions: takes logins and refresh tokens, yields new refresh tokens, and ends sessions.

use std::{fmt, time::Duration};

use super::{
    revocations::Revocations,
    store::{Session, SessionId, SessionStore},
};
use crate::{error::StoreError, jose::hmac_key::HmacKey, scopes::set::Scopes};

/// Begins, refreshes and ends sessions. Copies share one store. It asks the store every 5 seconds which sessions have ended.
#[derive(Clone, Debug)]
pub struct Sessions(());

/// A refresh token: 256 random bits in base64url. `Debug` does not show it, and its memory is overwritten.
pub struct RefreshToken(());

impl RefreshToken {
    /// The text, for the response.
    #[must_use]
    pub fn as_str(&self) -> &str {
        unimplemented!()
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken([redacted])")
    }
}

/// What came of a refresh token.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refreshed {
    /// The session goes on with this token.
    Granted {
        /// The session.
        session: Session,
        /// The next refresh token.
        token: RefreshToken,
        /// Whether the same token had been used before, within the grace.
        repeated: bool,
    },
    /// The token was used before. Its session has ended.
    Reused {
        /// The session.
        session: Session,
    },
    /// The token is unknown or has expired, or its session has ended.
    Refused,
}

impl Sessions {
    /// Sessions in `store`. Successors of refresh tokens are derived with `key`, which replicas share. `revocations` is told which
    /// sessions have ended: at once of those that end here, and every 5 seconds of the others, once [`start`](Self::start)ed.
    #[must_use]
    pub fn new(store: impl SessionStore, key: &HmacKey, revocations: Revocations) -> Self {
        let _ = (store, key, revocations);
        unimplemented!()
    }

    /// Sets how long a refresh token lives unused (14 days by default), and how long a session lives at most (90 days).
    #[must_use]
    pub fn lifetimes(self, idle: Duration, absolute: Duration) -> Self {
        let _ = (idle, absolute);
        unimplemented!()
    }

    /// Sets how long a refresh token may be used again, after its answer was lost: 10 seconds by default.
    #[must_use]
    pub fn grace(self, grace: Duration) -> Self {
        let _ = grace;
        unimplemented!()
    }

    /// Starts to ask the store for ended sessions, on the current Tokio runtime, until the last copy is dropped.
    #[must_use]
    pub fn start(self) -> Self {
        unimplemented!()
    }

    /// Begins a session, after a login.
    pub async fn begin(
        &self,
        subject: &str,
        client_id: Option<&str>,
        scope: &Scopes,
        key: Option<[u8; 32]>,
    ) -> Result<(Session, RefreshToken), StoreError> {
        let _ = (subject, client_id, scope, key);
        unimplemented!()
    }

    /// The session of a refresh token. It changes nothing.
    pub async fn find(&self, token: &str) -> Result<Option<Session>, StoreError> {
        let _ = token;
        unimplemented!()
    }

    /// Uses a refresh token.
    pub async fn refresh(&self, token: &str) -> Result<Refreshed, StoreError> {
        let _ = token;
        unimplemented!()
    }

    /// Ends a session, also one without a refresh token: the access tokens of it are refused from now on.
    pub async fn end(&self, session: SessionId) -> Result<(), StoreError> {
        let _ = session;
        unimplemented!()
    }

    /// Ends all sessions of a subject, but for `except`. Returns their number.
    pub async fn end_all(&self, subject: &str, except: Option<SessionId>) -> Result<usize, StoreError> {
        let _ = (subject, except);
        unimplemented!()
    }

    /// The sessions of a subject, the latest first.
    pub async fn of(&self, subject: &str) -> Result<Vec<Session>, StoreError> {
        let _ = subject;
        unimplemented!()
    }

    /// The list of ended sessions.
    #[must_use]
    pub fn revocations(&self) -> &Revocations {
        unimplemented!()
    }
}
