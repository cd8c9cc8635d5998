//! Refusals of the last second: takes a key, yields how long it still has to wait, without asking the store.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use crate::login::store::Digest;

/// How long a refusal is remembered. An attempt that another replica gives back is missing here for so long.
const REMEMBERED: Duration = Duration::from_secs(1);
/// About a megabyte at most. What is not remembered asks the store.
const KEYS: usize = 10_000;

/// Remembers refusals, so that an attack does not ask the store for each attempt. It allows nothing that the store would refuse.
#[derive(Default)]
pub(super) struct Refusals(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    of: HashMap<Digest, Refused>,
    /// When old ones were last forgotten because there was no room.
    swept: Option<SystemTime>,
}

struct Refused {
    at: SystemTime,
    retry_after: Duration,
}

impl Refused {
    /// The time to wait, unless the refusal is too old, or the clock was set back.
    fn waits(&self, now: SystemTime) -> Option<Duration> {
        let passed = now.duration_since(self.at).ok().filter(|passed| *passed < REMEMBERED)?;
        self.retry_after.checked_sub(passed).filter(|rest| !rest.is_zero())
    }
}

impl Kept {
    /// Looks at all keys at most once a second: during an attack from everywhere, that would take longer than asking the store.
    fn make_room(&mut self, now: SystemTime) {
        let is_recent = |swept: SystemTime| now.duration_since(swept).is_ok_and(|passed| passed < REMEMBERED);
        if self.of.len() >= KEYS && !self.swept.is_some_and(is_recent) {
            self.of.retain(|_, refused| refused.waits(now).is_some());
            self.swept = Some(now);
        }
    }
}

impl Refusals {
    /// How long the key has to wait, if that is known.
    pub(super) fn of(&self, key: &Digest, now: SystemTime) -> Option<Duration> {
        self.kept().of.get(key)?.waits(now)
    }

    pub(super) fn remember(&self, key: Digest, retry_after: Duration, now: SystemTime) {
        let mut kept = self.kept();
        kept.make_room(now);
        if kept.of.len() < KEYS {
            kept.of.insert(key, Refused { at: now, retry_after });
        }
    }

    /// An attempt of the key was given back.
    pub(super) fn forget(&self, key: &Digest) {
        self.kept().of.remove(key);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusals").field("keys", &self.kept().of.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{KEYS, Refusals};

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", Refusals::default()), "Refusals { keys: 0 }");
    }

    #[test]
    fn a_refusal_is_remembered_for_a_second_and_no_longer_than_the_wait() {
        let (refusals, now) = (Refusals::default(), SystemTime::now());
        refusals.remember([1; 32], 30_000 * MS, now);
        refusals.remember([2; 32], 300 * MS, now);
        assert_eq!(refusals.of(&[1; 32], now + 999 * MS), Some(29_001 * MS));
        assert_eq!(refusals.of(&[1; 32], now + 1000 * MS), None);
        assert_eq!(refusals.of(&[1; 32], now - MS), None);
        assert_eq!(refusals.of(&[2; 32], now + 299 * MS), Some(MS));
        assert_eq!(refusals.of(&[2; 32], now + 300 * MS), None);
        assert_eq!(refusals.of(&[3; 32], now), None);
        refusals.forget(&[1; 32]);
        assert_eq!(refusals.of(&[1; 32], now), None);
    }

    #[test]
    fn refusals_of_many_keys_take_bounded_memory() {
        let (refusals, now) = (Refusals::default(), SystemTime::now());
        let key = |number: usize| {
            let mut key = [0; 32];
            key[..8].copy_from_slice(&number.to_be_bytes());
            key
        };
        refusals.remember(key(0), 500 * MS, now);
        (1..2 * KEYS).for_each(|number| refusals.remember(key(number), 5000 * MS, now));
        assert_eq!(refusals.kept().of.len(), KEYS);
        assert_eq!(refusals.of(&key(KEYS - 1), now), Some(5000 * MS));
        // Those of before are forgotten when there is no room, a second after the last time, or at any time of a clock that was set back.
        // Within the second, the first key waits no longer, and still has its place.
        refusals.remember(key(2 * KEYS), 5000 * MS, now + 999 * MS);
        assert_eq!(refusals.of(&key(2 * KEYS), now + 999 * MS), None);
        refusals.remember(key(2 * KEYS), 5000 * MS, now + 1000 * MS);
        assert_eq!(refusals.kept().of.len(), 1);
        (0..2 * KEYS).for_each(|number| refusals.remember(key(number), 5000 * MS, now));
        refusals.remember(key(2 * KEYS), 5000 * MS, now - MS);
        assert_eq!(refusals.kept().of.len(), 1);
    }
}
