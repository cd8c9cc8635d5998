//! How exactly the last use of a token is noted.

use std::time::Duration;

/// A busy token costs one write in this time.
pub(super) const COARSE: Duration = Duration::from_secs(3600);
