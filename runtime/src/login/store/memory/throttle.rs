//! Counts of attempts in the memory of one process: one time for each key, and a bounded number of keys.

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    fmt,
    num::NonZero,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    error::StoreError,
    login::store::{
        digest::Digest,
        throttle::{Limit, Taken, ThrottleStore},
    },
};

/// The keys that are kept unless a service says otherwise: about 16 MiB.
const CAPACITY: usize = 100_000;

/// The keys that each call forgets at most because they have all their attempts back. A call adds at most one, so the rest go sooner
/// or later.
const FORGOTTEN_AT_ONCE: usize = 4;

/// How far the clocks of replicas are never apart. A time that is further ahead is that of a clock that was wrong.
const SKEW: u64 = 60 * 60 * 1_000_000_000;

/// Counts of attempts in memory, for one process. Copies share the counts. It never fails.
///
/// It keeps a bounded number of keys. If there is no place for a new key, it forgets the one that would be forgotten soonest: the
/// key whose attempts are all back first. It is better to forget a count than to refuse everybody, and this order protects the
/// counts that matter: an attacker who wants a used-up count to be forgotten has to use up as many others as there are places.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::login::store::{Limit, MemoryThrottle, Taken, ThrottleStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes::error::StoreError> {
/// let (store, key, now) = (MemoryThrottle::default(), [7; 32], SystemTime::now());
/// let limit = Limit { burst: 1, period: Duration::from_secs(30) };
/// assert_eq!(store.take(&key, limit, now).await?, Taken::Allowed);
/// let retry_after = Duration::from_secs(30);
/// assert_eq!(store.take(&key, limit, now).await?, Taken::Refused { retry_after });
/// assert_eq!(store.take(&key, limit, now + retry_after).await?, Taken::Allowed);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MemoryThrottle(Arc<Shared>);

struct Shared {
    capacity: usize,
    counts: Mutex<Counts>,
}

/// Both have the same keys.
#[derive(Default)]
struct Counts {
    /// When all attempts of a key are back, in nanoseconds since 1970: the theoretical arrival time.
    full_at: HashMap<Digest, u64>,
    /// The same times, the earliest first.
    order: BTreeSet<(u64, Digest)>,
}

impl MemoryThrottle {
    /// Keeps at most this number of keys, of about 160 bytes each. The default is 100,000.
    ///
    /// ```
    /// # use axum_scopes::login::store::MemoryThrottle;
    /// let store = MemoryThrottle::with_capacity(10_000.try_into()?);
    /// # Ok::<(), std::num::TryFromIntError>(())
    /// ```
    #[must_use]
    pub fn with_capacity(keys: NonZero<usize>) -> Self {
        Self(Arc::new(Shared { capacity: keys.get(), counts: Mutex::default() }))
    }

    /// Takes an attempt, as [`ThrottleStore::take`] does.
    pub(crate) fn take_now(&self, key: &Digest, limit: Limit, now: SystemTime) -> Taken {
        let (now, rules) = (nanos(since_1970(now)), Rules::of(limit));
        let mut counts = self.counts();
        counts.forget_the_full(now);
        let kept = counts.full_at.get(key).copied().unwrap_or(now);
        let before = rules.bounded(kept, now);
        let after = before.saturating_add(rules.period);
        let too_early = (after - now).saturating_sub(rules.tolerance);
        if too_early > 0 {
            if kept - before > SKEW {
                counts.set(*key, before);
            }
            return Taken::Refused { retry_after: Duration::from_nanos(too_early) };
        }
        if counts.full_at.len() >= self.0.capacity && !counts.full_at.contains_key(key) {
            counts.forget_the_first();
        }
        counts.set(*key, after);
        Taken::Allowed
    }

    /// Gives an attempt back, as [`ThrottleStore::give_back`] does.
    pub(crate) fn give_back_now(&self, key: &Digest, limit: Limit, now: SystemTime) {
        let (now, rules) = (nanos(since_1970(now)), Rules::of(limit));
        let mut counts = self.counts();
        let Some(before) = counts.full_at.get(key).copied() else { return };
        match rules.bounded(before, now).saturating_sub(rules.period) {
            after if after > now => counts.set(*key, after),
            _ => counts.forget(key),
        }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryThrottle {
    fn default() -> Self {
        Self::with_capacity(const { NonZero::new(CAPACITY).unwrap() })
    }
}

impl fmt::Debug for MemoryThrottle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.counts().full_at.len();
        f.debug_struct("MemoryThrottle").field("keys", &keys).field("capacity", &self.0.capacity).finish()
    }
}

impl ThrottleStore for MemoryThrottle {
    async fn take(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<Taken, StoreError> {
        Ok(self.take_now(key, limit, now))
    }

    async fn give_back(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<(), StoreError> {
        self.give_back_now(key, limit, now);
        Ok(())
    }
}

/// A limit in nanoseconds.
struct Rules {
    period: u64,
    /// How far ahead of the clock the time of a key may be.
    tolerance: u64,
}

impl Rules {
    /// A limit below the minimum would allow everything or nothing.
    fn of(limit: Limit) -> Self {
        let period = nanos(limit.period.max(Duration::from_millis(1)));
        Self { period, tolerance: period.saturating_mul(limit.burst.max(1).into()) }
    }

    /// The kept time as it counts now. After a clock was set back, or a limit was made shorter, a key waits for no longer than the
    /// limit says.
    fn bounded(&self, full_at: u64, now: u64) -> u64 {
        full_at.clamp(now, now.saturating_add(self.tolerance))
    }
}

impl Counts {
    fn set(&mut self, key: Digest, full_at: u64) {
        match self.full_at.entry(key) {
            Entry::Occupied(mut entry) => {
                self.order.remove(&(entry.insert(full_at), key));
            }
            Entry::Vacant(entry) => {
                entry.insert(full_at);
            }
        }
        self.order.insert((full_at, key));
    }

    fn forget(&mut self, key: &Digest) {
        if let Some(full_at) = self.full_at.remove(key) {
            self.order.remove(&(full_at, *key));
        }
    }

    fn forget_the_first(&mut self) {
        if let Some((_, key)) = self.order.pop_first() {
            self.full_at.remove(&key);
        }
    }

    fn forget_the_full(&mut self, now: u64) {
        for _ in 0..FORGOTTEN_AT_ONCE {
            if self.order.first().is_none_or(|&(full_at, _)| full_at > now) {
                return;
            }
            self.forget_the_first();
        }
    }
}

fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Enough until the year 2554.
fn nanos(duration: Duration) -> u64 {
    duration.as_nanos().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
