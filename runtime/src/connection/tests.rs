//! Leases by a paused clock of tokio, and by system clocks that are set.

mod again;
mod expiry;
mod stream;

use std::time::Duration;

use crate::token::claims::Claims;

const HOUR: Duration = Duration::from_secs(3600);

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn claims(lifetime: Duration) -> Claims {
    Claims::new("amy", "events chat", lifetime)
}

/// Whether `exp` is rounded down or not, it is this time.
fn is_about(elapsed: Duration, expected: u64) -> bool {
    (expected - 1..=expected).contains(&elapsed.as_secs())
}
