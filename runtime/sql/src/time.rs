//! Times as the databases keep them: nanoseconds since 1970, so that nothing of a time is lost.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time in nanoseconds since 1970. Times before 1677 and after 2262 become the first and the last of this range.
pub(crate) fn nanos(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => length(since),
        Err(before) => -length(before.duration()),
    }
}

/// The length in nanoseconds, at most 292 years.
pub(crate) fn length(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

/// The time that [`nanos`] was made of.
pub(crate) fn time(nanos: i64) -> SystemTime {
    let distance = Duration::from_nanos(nanos.unsigned_abs());
    let time = if nanos < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
    time.unwrap_or(UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_as_they_were() {
        let second = Duration::from_secs(1);
        for at in [UNIX_EPOCH, UNIX_EPOCH + Duration::new(1_700_000_000, 123_456_789), UNIX_EPOCH - second] {
            assert_eq!(time(nanos(at)), at);
        }
        let far = UNIX_EPOCH + Duration::from_secs(400 * 365 * 24 * 60 * 60);
        assert_eq!(nanos(far), i64::MAX, "later times become the last one");
    }
}
