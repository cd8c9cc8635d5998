//! A bounded table of digests that expire, each with a value. A full set of it drops the least recently used entry.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::jose::provider::Digest;

/// The entries of a set. The first bytes of a digest choose its set. Each set has its own lock, so its size bounds the work
/// under a lock.
const SET: usize = 16;
/// These need 44 MB.
const MOST_ENTRIES: usize = 1 << 20;

/// Times are those of the caller's clock: any unit, from any start.
pub(crate) struct Table<V = ()> {
    sets: Box<[Mutex<Vec<Entry<V>>>]>,
    entries: usize,
}

struct Entry<V> {
    digest: Digest,
    until: u64,
    value: V,
}

impl<V: Clone> Table<V> {
    /// A table for `entries` digests, at least one.
    pub(crate) fn new(entries: usize) -> Self {
        let entries = entries.clamp(1, MOST_ENTRIES);
        let sets = (0..entries.div_ceil(SET)).map(|_| Mutex::default()).collect();
        Self { sets, entries }
    }

    pub(crate) fn emptied(&self) -> Self {
        Self::new(self.entries)
    }

    pub(crate) fn holds(&self, digest: &Digest, now: f64) -> bool {
        self.get(digest, now).is_some()
    }

    /// The value of a digest.
    pub(crate) fn get(&self, digest: &Digest, now: f64) -> Option<V> {
        let (mut set, _) = self.set_of(digest, now);
        let place = set.iter().position(|entry| entry.digest == *digest)?;
        // The most recently used entry comes first.
        set[..=place].rotate_right(1);
        set.first().map(|entry| entry.value.clone())
    }

    /// Adds a digest that the table does not hold. A full set drops its least recently used entry.
    pub(crate) fn insert(&self, digest: Digest, value: V, until: u64, now: f64) {
        let (mut set, most) = self.set_of(&digest, now);
        let entry = Entry { digest, until, value };
        if entry.is_live(now) && set.iter().all(|other| other.digest != digest) {
            set.truncate(most - 1);
            // Exactly as much as the set may hold, so that it never grows.
            let free = most - set.len();
            set.reserve_exact(free);
            set.insert(0, entry);
        }
    }

    /// The set of a digest, without its expired entries, and the most entries that it may hold.
    fn set_of(&self, digest: &Digest, now: f64) -> (MutexGuard<'_, Vec<Entry<V>>>, usize) {
        let [a, b, c, d, e, f, g, h, ..] = *digest;
        let sets = self.sets.len();
        let place = (u64::from_le_bytes([a, b, c, d, e, f, g, h]) % sets as u64) as usize;
        // A panic leaves no partial entries.
        let mut set = self.sets[place].lock().unwrap_or_else(PoisonError::into_inner);
        set.retain(|entry| entry.is_live(now));
        (set, self.entries / sets + usize::from(place < self.entries % sets))
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.sets.iter().map(|set| set.lock().map_or(0, |set| set.len())).sum()
    }
}

impl<V> Entry<V> {
    /// An entry expires *on* its time (RFC 7519 §4.1.4).
    fn is_live(&self, now: f64) -> bool {
        self.until as f64 > now
    }
}

#[cfg(test)]
mod tests {
    use std::{mem::size_of, thread};

    use super::{Digest, Entry, MOST_ENTRIES, Mutex, SET, Table};
    use crate::jose::provider::sha256;

    const NOW: f64 = 1000.5;

    fn digest(number: u64) -> Digest {
        sha256(&[&number.to_be_bytes()])
    }

    /// A table with these digests, none of them expired.
    fn filled(entries: usize, digests: impl Iterator<Item = u64>) -> Table {
        let table = Table::new(entries);
        digests.for_each(|number| table.insert(digest(number), (), 2000, NOW));
        table
    }

    fn held(table: &Table, digests: std::ops::Range<u64>) -> Vec<u64> {
        digests.filter(|number| table.holds(&digest(*number), NOW)).collect()
    }

    #[test]
    fn inserted_digests_are_held() {
        let table = filled(1000, 0..100);
        assert_eq!(held(&table, 0..200), (0..100).collect::<Vec<_>>());
        let mut other = digest(7);
        other[31] ^= 1;
        assert!(!table.holds(&other, NOW));
        assert_eq!(held(&table.emptied(), 0..200), [0; 0]);
    }

    #[test]
    fn digests_are_not_held_on_or_after_their_expiry() {
        let table = Table::new(16);
        for (exp, put_in, asked, expected) in [
            (1001, 1000.5, 1000.75, true),
            (1001, 1000.5, 1001.0, false),
            (1001, 1000.5, 1001.25, false),
            (1001, 1001.0, 1000.5, false),
            (u64::MAX, 1000.5, 1e18, true),
            (u64::MAX, 1000.5, f64::INFINITY, false),
        ] {
            table.insert(digest(1), (), exp, put_in);
            assert_eq!(table.holds(&digest(1), asked), expected, "{exp} {put_in} {asked}");
            // Every look-up removes expired entries.
            assert!(!table.holds(&digest(2), f64::INFINITY));
            assert_eq!(table.len(), 0);
        }
    }

    #[test]
    fn entries_never_exceed_the_bound() {
        for entries in [1, 2, 15, 16, 17, 31, 33, 100, 1000] {
            let table = Table::new(entries);
            for number in 0..20 * entries as u64 {
                table.insert(digest(number), (), 2000, NOW);
                table.insert(digest(number), (), 2000, NOW);
                assert!(table.len() <= entries.min(number as usize + 1), "{entries}");
            }
            assert_eq!(table.len(), entries);
            let room = |set: &Mutex<Vec<Entry<()>>>| set.lock().map_or(0, |set| set.capacity());
            assert_eq!(table.sets.iter().map(room).sum::<usize>(), entries);
        }
    }

    #[test]
    fn the_bound_is_within_limits() {
        assert_eq!(Table::<()>::new(0).entries, 1);
        let largest = Table::<()>::new(usize::MAX);
        assert_eq!((largest.entries, largest.sets.len()), (MOST_ENTRIES, MOST_ENTRIES / SET));
        // The documented memory, on machines of 64 bits.
        assert!(size_of::<Entry<()>>() * SET + size_of::<Mutex<Vec<Entry<()>>>>() <= 42 * SET);
    }

    #[test]
    fn the_least_recently_used_entry_is_dropped() {
        let table = filled(SET, 0..SET as u64);
        for asked in [0, 3, 0] {
            assert!(table.holds(&digest(asked), NOW));
        }
        for (new, gone) in [(100, 1), (101, 2), (102, 4), (103, 5)] {
            table.insert(digest(new), (), 1001, NOW);
            assert!(!table.holds(&digest(gone), NOW), "{gone}");
        }
        assert_eq!(held(&table, 0..104), [0, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 100, 101, 102, 103]);
    }

    #[test]
    fn expired_entries_are_dropped_first() {
        let table = filled(SET, 0..SET as u64 - 1);
        table.insert(digest(100), (), 1001, NOW);
        table.insert(digest(101), (), 2000, 1001.0);
        assert_eq!(held(&table, 0..SET as u64 - 1).len(), SET - 1);
        assert!(table.holds(&digest(101), NOW) && !table.holds(&digest(100), NOW));
        // An expired digest displaces none.
        table.insert(digest(102), (), 1000, NOW);
        assert_eq!(table.len(), SET);
    }

    /// The documented rate of early eviction.
    #[test]
    fn entries_are_rarely_displaced_below_capacity() {
        let displaced = |digests: u64| digests as usize - filled(16_000, 0..digests).len();
        assert!(displaced(8_000) <= 16, "{}", displaced(8_000));
        assert!(displaced(12_000) <= 240, "{}", displaced(12_000));
        assert!(displaced(16_000) <= 1_760, "{}", displaced(16_000));
    }

    #[test]
    fn threads_share_the_table() {
        let table = filled(100, 0..10);
        let hits = thread::scope(|scope| {
            let ask = |number| (0..2000).filter(|_| table.holds(&digest(number), NOW)).count();
            let threads: Vec<_> = (0..4).map(|number| scope.spawn(move || ask(number))).collect();
            let others = scope.spawn(|| (10..40).for_each(|number| table.insert(digest(number), (), 2000, NOW)));
            assert!(others.join().is_ok());
            threads.into_iter().map(|thread| thread.join().unwrap_or(0)).sum::<usize>()
        });
        assert_eq!(hits, 4 * 2000);
        assert!(table.len() <= 100);
    }

    #[test]
    #[expect(clippy::panic, reason = "the test is about a panic")]
    fn a_panic_elsewhere_leaves_it_usable() {
        let table = filled(1, 0..1);
        let panicked = thread::scope(|scope| {
            let panic = || {
                let _set = table.set_of(&digest(0), NOW);
                panic!("while it is locked")
            };
            scope.spawn(panic).join().is_err()
        });
        assert!(panicked && table.sets[0].is_poisoned() && table.holds(&digest(0), NOW));
    }
}
