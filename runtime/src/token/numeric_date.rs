//! When something happens to a token.

use serde::{Deserialize, Deserializer, de::Error};

/// Seconds since 1970, maybe with a fraction (RFC 7519 §2); neither before that nor after the last one that is counted in
/// 64 bits.
#[derive(Clone, Copy)]
pub(super) struct NumericDate(pub(super) f64);

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        // As a fraction, the last one is the first that is too late.
        if (0.0..u64::MAX as f64).contains(&seconds) { Ok(Self(seconds)) } else { Err(D::Error::custom("no date")) }
    }
}
