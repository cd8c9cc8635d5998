//! When a token expires, by two clocks: takes `exp`, says whether the time has come and when to look again.

use std::time::Duration;

use tokio::time::Instant;

/// A clock that is set while the connection is open is noticed after this time.
const LOOK: Duration = Duration::from_secs(30);
/// No connection is open for longer, and timers can count that far. Dates can be further away.
pub(super) const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Seconds since 1970. With a clock before 1970 it is infinite, so that every token has expired.
pub(super) type Clock = fn() -> f64;

/// The end of a token. It comes when either clock says so: the system's, or the timer that was set by the system's at first. So a
/// system clock that is set back does not prolong a connection.
#[derive(Clone, Copy)]
pub(super) struct Expiry {
    exp: u64,
    deadline: Instant,
    clock: Clock,
}

impl Expiry {
    pub(super) fn new(exp: u64, clock: Clock) -> Self {
        Self { exp, deadline: Instant::now() + rest(exp, clock), clock }
    }

    /// The same with another `exp`.
    pub(super) fn moved(self, exp: u64) -> Self {
        if exp == self.exp { self } else { Self::new(exp, self.clock) }
    }

    pub(super) fn has_come(&self, now: Instant) -> bool {
        self.deadline <= now || rest(self.exp, self.clock).is_zero()
    }

    /// The time at which to look again.
    pub(super) fn look(&self, now: Instant) -> Instant {
        self.deadline.min(now + LOOK)
    }
}

fn rest(exp: u64, clock: Clock) -> Duration {
    Duration::from_secs_f64((exp as f64 - clock()).clamp(0.0, FAR.as_secs_f64()))
}
