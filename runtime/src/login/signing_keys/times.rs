//! How long keys are shown and kept.

/// In seconds: clocks of replicas differ by less, and a token that was signed at the last moment takes less to arrive.
pub(super) const SKEW: u64 = 60;
/// In seconds: the longest lifetime of an access token, and the skew.
pub(super) const KEEP_AT_MOST: u64 = 3600 + SKEW;
/// How long others may keep the JWK Set, in seconds.
pub(super) const CACHE: u64 = 300;
