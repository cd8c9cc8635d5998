//! Times as the databases keep them: whole microseconds since 1970. It takes no parts of them, and 292,000 years.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time in microseconds since 1970.
pub(crate) fn micros(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => length(since),
        Err(before) => length(before.duration()).saturating_neg(),
    }
}

/// The length in microseconds.
pub(crate) fn length(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// The time that [`micros`] was made of.
pub(crate) fn time(micros: i64) -> SystemTime {
    let distance = Duration::from_micros(micros.unsigned_abs());
    let time = if micros < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
    time.unwrap_or(UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_to_the_microsecond() {
        let second = Duration::from_secs(1);
        let year_9999 = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
        for at in [UNIX_EPOCH, UNIX_EPOCH + Duration::new(1_700_000_000, 123_456_000), UNIX_EPOCH - second, year_9999] {
            assert_eq!(time(micros(at)), at);
        }
        assert_eq!(time(micros(UNIX_EPOCH + Duration::from_nanos(1_999))), UNIX_EPOCH + Duration::from_micros(1));
    }
}
