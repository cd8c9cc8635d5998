//! Times that every store keeps: whole milliseconds, up to the year 9999. And the error of a system without random numbers.

use std::{
    io,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::error::StoreError;

/// The last second of the year 9999, in seconds since 1970.
const LAST: u64 = 253_402_300_799;

pub(super) fn now() -> SystemTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH + Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or_default())
}

/// The time after this duration, which a service may have made as long as it can be.
pub(super) fn after(now: SystemTime, duration: Duration) -> SystemTime {
    let whole = Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX));
    now.checked_add(whole).map_or_else(last, |time| time.min(last()))
}

/// The end of what does not end.
pub(super) fn last() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(LAST)
}

/// Seconds since 1970 with a fraction, as verifiers have them; 0 for a time before.
pub(super) fn seconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// In whole seconds since 1970, as tokens have them.
pub(super) fn whole_seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// The time as claims have it.
pub(super) fn whole_second(time: SystemTime) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(whole_seconds(time))
}

pub(super) fn no_random_numbers(error: getrandom::Error) -> StoreError {
    StoreError::new(1, io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{LAST, after, last, now};

    #[test]
    fn times_are_those_that_every_store_keeps() {
        assert_eq!(after(now(), Duration::MAX), last());
        assert_eq!(after(last(), Duration::from_nanos(1)), last());
        assert_eq!(last(), UNIX_EPOCH + Duration::from_secs(LAST));
        assert_eq!(after(UNIX_EPOCH, Duration::from_nanos(1_999_999)), UNIX_EPOCH + Duration::from_millis(1));
        let since = now().duration_since(UNIX_EPOCH).unwrap_or_default();
        assert!(since.as_secs() > 0 && since.as_nanos().is_multiple_of(1_000_000));
    }
}
