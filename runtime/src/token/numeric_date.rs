//! The dates in claims.

use serde::{Deserialize, Deserializer, de::Error};

/// Seconds since 1970, possibly with a fraction (RFC 7519 §2). Negative dates, and those beyond 64 bits, are errors.
#[derive(Clone, Copy)]
pub(crate) struct NumericDate(pub(crate) f64);

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        // `u64::MAX as f64` is rounded up to 2^64, so it is excluded.
        if (0.0..u64::MAX as f64).contains(&seconds) { Ok(Self(seconds)) } else { Err(D::Error::custom("no date")) }
    }
}
