//! An attempt to log in, and its refusal.

use std::{fmt, net::IpAddr, time::Duration};

use crate::error::AuthError;

/// An attempt to log in. `Debug` does not show the cookie.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The name that the user has typed, whether there is such an account or not. Names that differ only in case, or in white space
    /// around them, count as one. If your service compares names in yet another way, give the name as it compares it.
    pub account: &'a str,
    /// The cookie of a device that has logged in before.
    pub device: Option<&'a str>,
    /// Where the request comes from, as [`ClientAddress`](crate::login::ClientAddress) tells it. `None` if nobody knows; then
    /// addresses are not limited.
    pub address: Option<IpAddr>,
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("account", &self.account)
            .field("device", &self.device.map(|_| format_args!("_")))
            .field("address", &self.address)
            .finish()
    }
}

/// An attempt that may not go on. As an [`AuthError`], it is 429 with `Retry-After`.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::{AuthError, login::Throttled};
///
/// let error = AuthError::from(Throttled { retry_after: Duration::from_millis(1_500) });
/// assert_eq!((error.status().as_u16(), error.retry_after()), (429, Some(2)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttled {
    /// The time to wait.
    pub retry_after: Duration,
}

impl fmt::Display for Throttled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there were too many attempts to log in")
    }
}

impl std::error::Error for Throttled {}

/// Whole seconds, rounded up, because the header has no smaller unit.
impl From<Throttled> for AuthError {
    fn from(Throttled { retry_after }: Throttled) -> Self {
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        Self::too_many_requests(seconds.max(1).try_into().unwrap_or(u32::MAX))
    }
}
