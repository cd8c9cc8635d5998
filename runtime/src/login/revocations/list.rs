//! Sessions, each until a time.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashSet},
    hash::{BuildHasherDefault, Hasher},
    time::SystemTime,
};

use crate::login::store::SessionId;

/// An empty place is worth no more than this many.
const SPARE: usize = 1024;

#[derive(Default)]
pub(super) struct List {
    sessions: HashSet<SessionId, BuildHasherDefault<FirstBytes>>,
    /// The next to be forgotten is first.
    by_time: BinaryHeap<Reverse<(SystemTime, SessionId)>>,
}

impl List {
    pub(super) fn add(&mut self, session: SessionId, until: SystemTime, now: SystemTime) {
        if until > now && self.sessions.insert(session) {
            self.by_time.push(Reverse((until, session)));
        }
    }

    /// Forgets the sessions whose time is over, and returns memory that is no longer needed.
    pub(super) fn forget_until(&mut self, now: SystemTime) {
        while let Some(Reverse((until, session))) = self.by_time.peek()
            && *until <= now
        {
            self.sessions.remove(session);
            self.by_time.pop();
        }
        if self.sessions.capacity() > SPARE + 4 * self.sessions.len() {
            self.sessions.shrink_to_fit();
            self.by_time.shrink_to_fit();
        }
    }

    pub(super) fn has(&self, session: &SessionId) -> bool {
        self.sessions.contains(session)
    }

    pub(super) fn len(&self) -> usize {
        self.sessions.len()
    }
}

/// The first bytes of a session are random already. Nobody else chooses them: only names that the service has made come here.
#[derive(Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_ne_bytes(*first);
        }
    }

    // The length of an array comes before it.
    fn write_usize(&mut self, _: usize) {}
}
