//! Limits attempts to log in, before a password is hashed.

use std::{net::IpAddr, time::Duration};

use super::store::ThrottleStore;
use crate::jose::hmac_key::HmacKey;

/// Limits attempts to log in, by account, device and address. Copies share the counts.
#[derive(Clone, Debug)]
pub struct Throttle(());

/// An attempt to log in.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The name that the user has typed, whether there is such an account or not.
    pub account: &'a str,
    /// The cookie of a device that has logged in before.
    pub device: Option<&'a str>,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
}

/// An attempt that may go on. Tell it if the password was right.
#[derive(Debug)]
#[must_use = "an attempt that succeeds is given back"]
pub struct Admitted(());

/// An attempt that may not go on: 429 with `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttled {
    /// The time to wait.
    pub retry_after: Duration,
}

impl Throttle {
    /// Counts in `store`. `key` signs the cookies of devices; replicas share it.
    #[must_use]
    pub fn new(store: impl ThrottleStore, key: &HmacKey) -> Self {
        let _ = (store, key);
        unimplemented!()
    }

    /// Takes an attempt.
    pub async fn admit(&self, attempt: &Attempt<'_>) -> Result<Admitted, Throttled> {
        let _ = attempt;
        unimplemented!()
    }
}

impl Admitted {
    /// The password was right: the attempt is given back. Returns a cookie's value that makes this device known for this account.
    pub async fn succeeded(self) -> String {
        unimplemented!()
    }
}
