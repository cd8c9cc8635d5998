//! Sessions in memory, under one lock.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use super::{
    super::{
        digest::Digest,
        session::{Ended, Ending, Rotated, Rotation, Session, SessionId},
    },
    forget::Ends,
};

/// A session that reuse has ended is remembered at least this long: longer than access tokens live.
const REUSE_REMEMBERED: Duration = Duration::from_secs(3600);

#[derive(Default)]
pub(super) struct Sessions(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    sessions: HashMap<SessionId, Entry>,
    tokens: HashMap<Digest, Token>,
    /// The sessions that have not ended, by subject and time of start.
    live: HashMap<String, BTreeSet<(SystemTime, SessionId)>>,
    ended: BTreeSet<(SystemTime, SessionId)>,
    ends: Ends<Name>,
}

struct Entry {
    /// `None` if only its end is known.
    session: Option<Session>,
    ended: Option<SystemTime>,
    /// When it may be forgotten.
    until: SystemTime,
}

struct Token {
    session: SessionId,
    expires: SystemTime,
    used: Option<Use>,
}

#[derive(Clone, Copy)]
struct Use {
    at: SystemTime,
    successor: Digest,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Session(SessionId),
    Token(Digest),
}

impl Sessions {
    /// The lock. Nothing panics under it, and a half-done change would only be a session that goes on.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, session: &Session, token: Digest, idle_until: SystemTime) {
        let mut kept = self.kept();
        kept.forget(session.started);
        let (id, until) = (session.id, session.expires);
        kept.live.entry(session.subject.as_str().to_owned()).or_default().insert((session.started, id));
        kept.sessions.insert(id, Entry { session: Some(session.clone()), ended: None, until });
        kept.ends.add(until, Name::Session(id));
        kept.keep_token(token, id, idle_until);
    }

    pub(super) fn find(&self, token: &Digest) -> Option<Session> {
        let kept = self.kept();
        kept.sessions.get(&kept.tokens.get(token)?.session)?.session.clone()
    }

    pub(super) fn rotate(&self, rotation: &Rotation) -> Rotated {
        let mut kept = self.kept();
        kept.forget(rotation.now);
        kept.rotate(rotation).unwrap_or(Rotated::Refused)
    }

    pub(super) fn end(&self, which: Ending<'_>, now: SystemTime, remember_until: SystemTime) -> Vec<SessionId> {
        let mut kept = self.kept();
        kept.forget(now);
        let mut ids = match which {
            Ending::Session(id) => vec![id],
            Ending::SessionOf(subject, id) => {
                let mut ids = kept.live_of(subject);
                ids.retain(|live| *live == id);
                ids
            }
            Ending::Subject(subject) => kept.live_of(subject),
            Ending::SubjectExcept(subject, other) => {
                let mut ids = kept.live_of(subject);
                ids.retain(|id| *id != other);
                ids
            }
        };
        ids.retain(|id| kept.end(*id, now, remember_until));
        ids
    }

    pub(super) fn ended_since(&self, since: SystemTime) -> Vec<Ended> {
        let first = (since, SessionId::from_bytes([0; 16]));
        self.kept().ended.range(first..).map(|&(at, session)| Ended { session, at }).collect()
    }

    pub(super) fn sessions_of(&self, subject: &str, now: SystemTime, limit: u32) -> Vec<Session> {
        let kept = self.kept();
        let live = kept.live.get(subject).into_iter().flatten().rev();
        let sessions = live.filter_map(|(_, id)| kept.sessions.get(id)?.session.as_ref());
        sessions.filter(|session| now < session.expires).take(limit as usize).cloned().collect()
    }
}

impl Kept {
    fn live_of(&self, subject: &str) -> Vec<SessionId> {
        self.live.get(subject).into_iter().flatten().map(|(_, id)| *id).collect()
    }

    /// No token is needed longer than its session.
    fn keep_token(&mut self, token: Digest, session: SessionId, idle_until: SystemTime) {
        let expires = self.sessions.get(&session).map_or(idle_until, |entry| idle_until.min(entry.until));
        let is_new = !self.tokens.contains_key(&token);
        if is_new {
            self.tokens.insert(token, Token { session, expires: idle_until, used: None });
            self.ends.add(expires, Name::Token(token));
        }
    }

    /// `None` if the token is refused.
    fn rotate(&mut self, rotation: &Rotation) -> Option<Rotated> {
        let &Rotation { presented, successor, now, grace, idle_until } = rotation;
        let token = self.tokens.get(&presented)?;
        let entry = self.sessions.get(&token.session)?;
        let session = entry.session.clone()?;
        let is_live = entry.ended.is_none() && now < session.expires && now < token.expires;
        let used = token.used;
        let may_be_used = used.is_none_or(|used| {
            // A clock that is behind has seen no time pass.
            let is_soon = now.duration_since(used.at).map_or(true, |since| since < grace);
            let is_unused = self.tokens.get(&successor).is_some_and(|token| token.used.is_none());
            is_soon && used.successor == successor && is_unused
        });
        if is_live && may_be_used {
            if used.is_none() {
                self.tokens.get_mut(&presented)?.used = Some(Use { at: now, successor });
                self.keep_token(successor, session.id, idle_until);
            }
            return Some(Rotated::Rotated { session, repeated: used.is_some() });
        }
        let used = used?;
        let next = self.tokens.get(&successor).and_then(|token| token.used);
        // The call was there before, and has waited. Its client has gone on.
        if used.successor == successor && next.is_some_and(|next| next.at > now) {
            return None;
        }
        let until = now.checked_add(REUSE_REMEMBERED).unwrap_or(now);
        let ended = self.end(session.id, now, until);
        Some(Rotated::Reused { session, ended })
    }

    /// Whether it had not ended before.
    fn end(&mut self, id: SessionId, now: SystemTime, remember_until: SystemTime) -> bool {
        let new = || Entry { session: None, ended: None, until: remember_until };
        let entry = self.sessions.entry(id).or_insert_with(new);
        self.ends.remove(entry.until, &Name::Session(id));
        entry.until = entry.until.max(remember_until);
        self.ends.add(entry.until, Name::Session(id));
        if entry.ended.is_some() {
            return false;
        }
        entry.ended = Some(now);
        self.ended.insert((now, id));
        if let Some(session) = self.sessions.get(&id).and_then(|entry| entry.session.clone()) {
            self.leave(&session);
        }
        true
    }

    /// The session is not live any more.
    fn leave(&mut self, session: &Session) {
        if let Some(live) = self.live.get_mut(session.subject.as_str()) {
            live.remove(&(session.started, session.id));
            if live.is_empty() {
                self.live.remove(session.subject.as_str());
            }
        }
    }

    fn forget(&mut self, now: SystemTime) {
        for name in self.ends.over(now) {
            match name {
                Name::Token(token) => drop(self.tokens.remove(&token)),
                Name::Session(id) => {
                    let Some(entry) = self.sessions.remove(&id) else { continue };
                    if let Some(session) = entry.session {
                        self.leave(&session);
                    }
                    if let Some(at) = entry.ended {
                        self.ended.remove(&(at, id));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Ending, Rotation, Session, SessionId, Sessions};
    use crate::{scopes::set::Scopes, token::subject::Subject};

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn an_end_is_remembered_as_long_as_anybody_has_said() {
        let (sessions, now, id) = (Sessions::default(), SystemTime::now(), SessionId::from_bytes([7; 16]));
        let ended = || sessions.ended_since(now).len();
        sessions.end(Ending::Session(id), now, now + MINUTE);
        sessions.end(Ending::Session(id), now, now + 60 * MINUTE);
        sessions.end(Ending::Session(id), now, now + 2 * MINUTE);
        sessions.kept().forget(now + 61 * MINUTE);
        assert_eq!(ended(), 1);
        sessions.kept().forget(now + 63 * MINUTE);
        assert_eq!(ended(), 0);

        // By reuse, of a session that would have expired long ago.
        sessions.begin(&session(7, now), [0; 32], now + MINUTE);
        for successor in [[1; 32], [2; 32]] {
            let idle_until = now + MINUTE;
            sessions.rotate(&Rotation { presented: [0; 32], successor, now, grace: MINUTE, idle_until });
        }
        sessions.kept().forget(now + 61 * MINUTE);
        assert_eq!(ended(), 1);
        sessions.kept().forget(now + 63 * MINUTE);
        assert_eq!(ended(), 0);
    }

    fn session(byte: u8, now: SystemTime) -> Session {
        Session {
            id: SessionId::from_bytes([byte; 16]),
            subject: Subject::from("amy"),
            client_id: None,
            scope: Scopes::new(),
            key: None,
            started: now,
            expires: now + 10 * MINUTE,
        }
    }

    #[test]
    fn sessions_that_have_expired_leave_nothing_behind() {
        let (sessions, now) = (Sessions::default(), SystemTime::now());
        for byte in 0..100 {
            sessions.begin(&session(byte, now), [byte; 32], now + MINUTE);
            let (presented, successor) = ([byte; 32], [byte + 100; 32]);
            sessions.rotate(&Rotation { presented, successor, now, grace: MINUTE, idle_until: now + 20 * MINUTE });
            if byte % 2 == 0 {
                sessions.end(Ending::Session(SessionId::from_bytes([byte; 16])), now, now + 11 * MINUTE);
            }
            sessions.end(Ending::Session(SessionId::from_bytes([byte + 100; 16])), now, now + 5 * MINUTE);
        }
        let count = || {
            let kept = sessions.kept();
            (kept.sessions.len(), kept.tokens.len(), kept.ended.len())
        };
        assert_eq!(count(), (200, 200, 150));
        let calls = |minutes: u32| (0..30).for_each(|_| sessions.kept().forget(now + minutes * MINUTE));
        calls(4);
        assert_eq!(count(), (200, 100, 150));
        calls(8);
        assert_eq!(count(), (100, 100, 50));
        calls(13);
        assert_eq!(count(), (0, 0, 0));
        assert!(sessions.kept().live.is_empty());
        assert!(sessions.kept().ends.over(now + 1000 * MINUTE).is_empty());
    }
}
