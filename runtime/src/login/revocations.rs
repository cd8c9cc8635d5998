//! The sessions that have ended within the lifetime of an access token, in memory: takes what a store knows, yields whether a session has
//! ended.

mod list;
#[cfg(test)]
mod tests;

use std::{
    error::Error,
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use self::list::List;
use super::{
    store::{Ended, SessionId},
    times::{after, seconds},
};
use crate::token::{verify::now, verify_error::VerifyError};

/// Clocks of replicas differ by less, and an end is in the store before this time has passed. So a store is asked about this time again.
const OVERLAP: Duration = Duration::from_secs(60);

/// The seconds after which a client may try again, when it is not known which sessions have ended.
const RETRY_AFTER: u32 = 5;

/// The sessions that have ended, as far as access tokens of them may still be valid. Copies share the list.
///
/// It is told of sessions that end here, and of those that a store knows of. If it was not told for longer than `max_staleness`, it
/// does not know, and tokens cannot be verified (503). A request reads memory alone.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::login::{Revocations, store::{Ended, SessionId}};
///
/// let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
/// assert!(!revocations.is_current());
///
/// let asked = SystemTime::now();
/// let since = revocations.ask_since(asked);
/// // The store was asked for the sessions that have ended `since`.
/// let answer = [Ended { session: SessionId::from_bytes([7; 16]), at: asked }];
/// revocations.update(asked, &answer);
/// assert!(revocations.is_current());
/// assert!(revocations.has_ended(SessionId::from_bytes([7; 16])));
/// ```
#[derive(Clone)]
pub struct Revocations(Arc<Inner>);

struct Inner {
    /// How long an ended session may have valid tokens, from its end on.
    remember: Duration,
    /// In seconds.
    max_staleness: f64,
    /// When the store was asked last, in seconds since 1970, as bits.
    asked: AtomicU64,
    /// The sessions in the list, so that an empty one costs no lock.
    count: AtomicUsize,
    list: RwLock<List>,
}

/// It is not known which sessions have ended.
#[derive(Debug)]
struct Stale;

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list of ended sessions is out of date")
    }
}

impl Error for Stale {}

impl Revocations {
    /// An empty list that has never been told. `lifetime` is that of access tokens; tokens that live longer are refused, because the list
    /// forgets the end of their session before. So a longer lifetime is set here first, in all replicas, and then for new tokens.
    #[must_use]
    pub fn new(lifetime: Duration, max_staleness: Duration) -> Self {
        Self(Arc::new(Inner {
            remember: lifetime.saturating_add(OVERLAP),
            max_staleness: max_staleness.as_secs_f64(),
            asked: AtomicU64::new(f64::NEG_INFINITY.to_bits()),
            count: AtomicUsize::new(0),
            list: RwLock::default(),
        }))
    }

    /// A session has ended, here.
    pub fn end(&self, session: SessionId, at: SystemTime) {
        // If the clock is ahead for a moment, the store is not asked again about what would be forgotten. So only sessions are forgotten
        // whose tokens had expired when it was asked.
        let asked = Duration::try_from_secs_f64(self.asked()).ok();
        let long_over = asked.and_then(|asked| UNIX_EPOCH.checked_add(asked.saturating_add(OVERLAP)));
        self.add(&[Ended { session, at }], long_over.map_or(at, |over| over.min(at)));
    }

    /// What a store has answered. It was asked at `asked`, so all that ended before is known now.
    pub fn update(&self, asked: SystemTime, ended: &[Ended]) {
        self.add(ended, asked);
        // Also if it is earlier than before: a clock that was set back shall not make the list current for long.
        self.0.asked.store(seconds(asked).to_bits(), Ordering::Release);
    }

    fn add(&self, ended: &[Ended], forget_until: SystemTime) {
        let mut list = self.0.list.write().unwrap_or_else(PoisonError::into_inner);
        for Ended { session, at } in ended {
            list.add(*session, after(*at, self.0.remember));
        }
        list.forget_until(forget_until);
        self.0.count.store(list.len(), Ordering::Release);
    }

    /// Since when the store has to be asked: a minute before it was asked last, because an end may have come late. If that is unknown,
    /// or if the clock was set back, as long ago as a session may have ended whose tokens are valid.
    #[must_use]
    pub fn ask_since(&self, now: SystemTime) -> SystemTime {
        let oldest = now.checked_sub(self.0.remember).unwrap_or(UNIX_EPOCH);
        let asked = self.asked();
        if asked.is_infinite() || asked > seconds(now) {
            return oldest;
        }
        let last = UNIX_EPOCH.checked_add(Duration::from_secs_f64(asked)).unwrap_or(UNIX_EPOCH);
        last.checked_sub(OVERLAP).unwrap_or(UNIX_EPOCH).max(oldest)
    }

    /// Whether a session has ended, as far as the list knows.
    #[must_use]
    pub fn has_ended(&self, session: SessionId) -> bool {
        self.0.count.load(Ordering::Acquire) > 0
            && self.0.list.read().unwrap_or_else(PoisonError::into_inner).has(&session)
    }

    /// The sessions in the list.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.count.load(Ordering::Acquire)
    }

    /// Whether no session is in the list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the list was told recently, for a readiness probe.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.is_current_at(now())
    }

    /// `now` is in seconds since 1970. A clock that was set back makes the list stale, too, because it may have forgotten sessions too soon.
    #[inline]
    pub(super) fn is_current_at(&self, now: f64) -> bool {
        let since = now - self.asked();
        since <= self.0.max_staleness && since >= -OVERLAP.as_secs_f64().min(self.0.max_staleness)
    }

    /// The longest that a token may live, in seconds.
    #[inline]
    pub(super) fn longest(&self) -> f64 {
        (self.0.remember - OVERLAP).as_secs_f64()
    }

    /// The error for a list that is not current.
    #[cold]
    pub(super) fn unavailable() -> VerifyError {
        VerifyError::unavailable(RETRY_AFTER, Stale)
    }

    fn asked(&self) -> f64 {
        f64::from_bits(self.0.asked.load(Ordering::Acquire))
    }
}

impl fmt::Debug for Revocations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revocations").field("sessions", &self.len()).finish_non_exhaustive()
    }
}
