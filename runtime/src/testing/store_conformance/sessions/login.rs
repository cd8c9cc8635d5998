//! One session in a store, and what is done with it.

use std::time::{Duration, SystemTime};

use super::super::{
    at_once::ok,
    names::{HOUR, SECOND, digest, now, session_id, text},
};
use crate::{
    login::store::{Digest, Ended, Rotated, Rotation, Session, SessionStore},
    scopes::set::Scopes,
    token::subject::Subject,
};

pub(super) const GRACE: Duration = Duration::from_secs(10);

/// A session and its first refresh token, begun now.
pub(super) struct Login {
    pub(super) session: Session,
    pub(super) token: Digest,
    pub(super) now: SystemTime,
}

/// A session that begins now.
pub(super) fn session() -> Session {
    let started = now();
    Session {
        id: session_id(),
        subject: Subject::from(text()),
        client_id: Some(text()),
        scope: Scopes::from("me items"),
        key: Some(digest()),
        started,
        expires: started + 24 * HOUR,
    }
}

/// Begins a session with an unused refresh token.
pub(super) async fn login<S: SessionStore>(store: &S) -> Login {
    begin(store, session(), 12 * HOUR).await
}

/// Begins `session` with a refresh token that expires `idle` from now.
pub(super) async fn begin<S: SessionStore>(store: &S, session: Session, idle: Duration) -> Login {
    let (token, now) = (digest(), session.started);
    ok(store.begin(&session, &token, now + idle).await);
    Login { session, token, now }
}

/// A use of `presented` at `now`.
pub(super) fn rotation(presented: Digest, successor: Digest, now: SystemTime) -> Rotation {
    Rotation { presented, successor, now, grace: GRACE, idle_until: now + 12 * HOUR }
}

pub(super) async fn rotate<S: SessionStore>(
    store: &S,
    presented: Digest,
    successor: Digest,
    now: SystemTime,
) -> Rotated {
    ok(store.rotate(&rotation(presented, successor, now)).await)
}

impl Login {
    /// The answer for a token that was used first now, or again.
    pub(super) fn rotated(&self, repeated: bool) -> Rotated {
        Rotated::Rotated { session: self.session.clone(), repeated }
    }

    /// The answer for a copy of a token.
    pub(super) fn reused(&self, ended: bool) -> Rotated {
        Rotated::Reused { session: self.session.clone(), ended }
    }

    /// When the session has ended, as far as the store tells.
    pub(super) async fn ended<S: SessionStore>(&self, store: &S) -> Option<SystemTime> {
        let ended = ok(store.ended_since(self.now - SECOND).await);
        when(&ended, self)
    }

    /// A use of the first token, now.
    pub(super) async fn used<S: SessionStore>(self, store: &S) -> (Self, Digest) {
        let successor = digest();
        let answer = rotate(store, self.token, successor, self.now).await;
        assert!(answer == self.rotated(false), "an unused refresh token has to be rotated; the answer is {answer:?}");
        (self, successor)
    }
}

/// When a session has ended. It must not be listed twice.
pub(super) fn when(ended: &[Ended], login: &Login) -> Option<SystemTime> {
    let mut times = ended.iter().filter(|ended| ended.session == login.session.id).map(|ended| ended.at);
    let at = times.next();
    assert!(times.next().is_none(), "a session ends once, but `ended_since` has it several times");
    at
}
