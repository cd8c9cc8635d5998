//! What is forgotten, and when: a few entries with each new one.

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

/// The clock of the next call may be behind this much.
const MARGIN: Duration = Duration::from_secs(120);
/// At most so many entries go with each call, so that no call pays for many others.
const AT_ONCE: usize = 16;

/// Entries by the time from which on they are not needed.
pub(super) struct Ends<K>(BTreeSet<(SystemTime, K)>);

impl<K: Ord> Default for Ends<K> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<K: Ord + Clone> Ends<K> {
    pub(super) fn add(&mut self, end: SystemTime, entry: K) {
        self.0.insert((end, entry));
    }

    /// The entry has gone before its time, or gets another one.
    pub(super) fn remove(&mut self, end: SystemTime, entry: &K) {
        self.0.remove(&(end, entry.clone()));
    }

    /// A few entries that have ended.
    pub(super) fn over(&mut self, now: SystemTime) -> Vec<K> {
        let mut over = Vec::new();
        while over.len() < AT_ONCE
            && self.0.first().is_some_and(|(end, _)| end.checked_add(MARGIN).is_some_and(|end| end <= now))
            && let Some((_, entry)) = self.0.pop_first()
        {
            over.push(entry);
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Duration, Ends, MARGIN, SystemTime};

    #[test]
    fn each_call_forgets_a_few_entries_after_their_margin() {
        let (mut ends, now) = (Ends::default(), SystemTime::UNIX_EPOCH);
        (0..=AT_ONCE).for_each(|entry| ends.add(now, entry));
        assert!(ends.over(now + MARGIN - Duration::from_nanos(1)).is_empty());
        assert_eq!(ends.over(now + MARGIN), (0..AT_ONCE).collect::<Vec<_>>());
        assert_eq!(ends.over(now + MARGIN), [AT_ONCE]);
    }
}
