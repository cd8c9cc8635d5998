//! Sessions, each until a time.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, hash_map::Entry},
    hash::{BuildHasherDefault, Hasher},
    time::SystemTime,
};

use crate::login::store::SessionId;

/// An empty place is worth no more than this many.
const SPARE: usize = 1024;

#[derive(Default)]
pub(super) struct List {
    sessions: HashMap<SessionId, SystemTime, BuildHasherDefault<Mixed>>,
    /// Each session once, by its time or an earlier one. The next to be forgotten is first.
    by_time: BinaryHeap<Reverse<(SystemTime, SessionId)>>,
}

impl List {
    /// The later time counts. A session may end again, because a store has not kept its first end, and have got tokens in between.
    pub(super) fn add(&mut self, session: SessionId, until: SystemTime, now: SystemTime) {
        match self.sessions.entry(session) {
            Entry::Occupied(mut known) => {
                let latest = until.max(*known.get());
                known.insert(latest);
            }
            Entry::Vacant(place) if until > now => {
                place.insert(until);
                self.by_time.push(Reverse((until, session)));
            }
            Entry::Vacant(_) => {}
        }
    }

    /// Forgets the sessions whose time is over, and returns memory that is no longer needed.
    pub(super) fn forget_until(&mut self, now: SystemTime) {
        while let Some(Reverse((until, _))) = self.by_time.peek()
            && *until <= now
            && let Some(Reverse((_, session))) = self.by_time.pop()
        {
            match self.sessions.get(&session) {
                Some(later) if *later > now => self.by_time.push(Reverse((*later, session))),
                _ => drop(self.sessions.remove(&session)),
            }
        }
        if self.sessions.capacity() > SPARE + 4 * self.sessions.len() {
            self.sessions.shrink_to_fit();
            self.by_time.shrink_to_fit();
        }
    }

    pub(super) fn has(&self, session: &SessionId) -> bool {
        self.sessions.contains_key(session)
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.sessions.capacity()
    }

    pub(super) fn len(&self) -> usize {
        self.sessions.len()
    }
}

/// Mixes the bytes of a session. Nobody else chooses them, as only names that the service has made come here, but a service may make them
/// of times and counters.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, _) = bytes.as_chunks::<8>();
        for word in words {
            // Odd numbers without a pattern, so that both halves of the product depend on all bits.
            let mixed = u128::from(self.0 ^ u64::from_le_bytes(*word) ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
            self.0 = (mixed >> 64) as u64 ^ mixed as u64;
        }
    }

    // The length of an array comes before it.
    fn write_usize(&mut self, _: usize) {}
}
