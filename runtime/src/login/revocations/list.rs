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
    pub(super) fn add(&mut self, session: SessionId, until: SystemTime) {
        match self.sessions.entry(session) {
            Entry::Occupied(mut known) => {
                let latest = until.max(*known.get());
                known.insert(latest);
            }
            Entry::Vacant(place) => {
                place.insert(until);
                self.by_time.push(Reverse((until, session)));
            }
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

#[cfg(test)]
mod tests {
    use std::{
        hash::BuildHasher,
        time::{Duration, SystemTime, UNIX_EPOCH},
    };

    use super::{List, SessionId};

    fn session(number: u64) -> SessionId {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&number.to_le_bytes());
        SessionId::from_bytes(bytes)
    }

    fn at(second: usize) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(second as u64)
    }

    #[test]
    fn memory_is_returned_when_little_of_it_is_used() {
        let mut list = List::default();
        (0..3_000).for_each(|second| list.add(session(second as u64), at(second)));
        list.forget_until(at(2_199));
        assert_eq!(list.len(), 800);
        assert!(list.capacity() > 1_200, "{}", list.capacity());
        list.forget_until(at(2_899));
        assert_eq!(list.len(), 100);
        assert!(list.capacity() < 400, "{}", list.capacity());
    }

    /// Also of names that differ in one bit. Otherwise those that meet in one place would make each request wait.
    #[test]
    fn sessions_are_spread_evenly_by_each_bit_of_their_names() {
        let hash = |bytes| List::default().sessions.hasher().hash_one(SessionId::from_bytes(bytes));
        let (mut ones, mut changed, mut count) = (0, 0, 0);
        for number in 0..64 {
            let bytes = *session(number).as_bytes();
            let original = hash(bytes);
            for bit in 0..128 {
                let mut other = bytes;
                other[bit / 8] ^= 1 << (bit % 8);
                let differing = (hash(other) ^ original).count_ones();
                assert!((8..=56).contains(&differing), "{differing} bits change with bit {bit} of {number}");
                ones += hash(other).count_ones();
                changed += differing;
                count += 1;
            }
        }
        let average = |sum: u32| f64::from(sum) / f64::from(count);
        assert!((average(ones) - 32.0).abs() < 1.0, "{}", average(ones));
        assert!((average(changed) - 32.0).abs() < 1.0, "{}", average(changed));
    }
}
