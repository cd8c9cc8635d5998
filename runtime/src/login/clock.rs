//! Times as seconds since 1970, with a fraction, as the claims of tokens have them.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970; 0 for a time before.
pub(super) fn seconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}
