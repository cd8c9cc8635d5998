//! Decides about attempts: by address first, and then by device or account.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::{
    admitted::Admitted,
    attempt::{Attempt, Throttled},
    cookie::DeviceCookie,
    counter::Counter,
    device, keys,
};
use crate::{
    jose::hmac_key::HmacKey,
    login::store::{Limit, ThrottleStore},
};

const fn every(seconds: u64, burst: u32) -> Limit {
    Limit { burst, period: Duration::from_secs(seconds) }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Limits attempts to log in, before a password is hashed. Copies share the counts.
///
/// | what is counted | default | why |
/// |---|---|---|
/// | an address; of IPv6, its network of 64 bits | 60 at once, then one per second | an office behind one address logs in on a Monday morning, and a machine does not guess |
/// | the same for all devices there that are known | as many | somebody who guesses from the same office or carrier does not use up what they have |
/// | an account, for all devices that it does not know | 5 at once, then one in 30 seconds | somebody may mistype, and a botnet gets at most 2,880 guesses a day |
/// | a device that has logged in to the account before | 10 at once, then one in 10 seconds | it is the user, or somebody who has stolen the cookie |
///
/// The address is asked first. Then a device is asked if it is known, and the account otherwise. So the user's own devices stay in while
/// somebody guesses passwords, and nobody is locked out for good: an attempt comes back with time, and a refused attempt does not count.
/// An attempt that succeeds is given back. A cookie of a device counts only for the account that it was made for. A known device
/// that has used up its attempts is refused; it does not get those of the account. This is what OWASP calls device cookies.
///
/// Accounts that do not exist are counted alike, so nobody learns which exist. The store sees keyed digests, and no names or
/// addresses.
///
/// A process remembers a refusal for up to a second, so an attack on one account asks the store once a second. An attempt that another
/// process gives back may be missing here for so long.
///
/// While the store does not answer, each process limits attempts by itself, by the same rules. An outage is logged once.
///
/// ```
/// use axum_scopes::{HmacKey, login::{Attempt, Throttle, store::MemoryThrottle}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In a service: 32 random bytes from its configuration.
/// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
/// let attempt = Attempt { account: "johndoe", device: None, address: Some([192, 0, 2, 1].into()) };
/// let admitted = throttle.admit(&attempt).await?;
/// // … the password is right …
/// let cookie = admitted.succeeded().await;
///
/// // Somebody guesses passwords.
/// while throttle.admit(&attempt).await.is_ok() {}
/// // The user's own device is not concerned.
/// assert!(throttle.admit(&Attempt { device: Some(&cookie), ..attempt }).await.is_ok());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Throttle {
    counter: Arc<Counter>,
    key: HmacKey,
    account: Limit,
    device: Limit,
    address: Limit,
    device_lifetime: Duration,
}

impl Throttle {
    /// Counts in `store`. `key` signs the cookies of devices, and hides names and addresses from the store. Replicas share it.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::MemoryThrottle}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn new(store: impl ThrottleStore, key: &HmacKey) -> Self {
        Self {
            counter: Arc::new(Counter::new(store)),
            key: key.clone(),
            account: every(30, 5),
            device: every(10, 10),
            address: every(1, 60),
            device_lifetime: 180 * DAY,
        }
    }

    /// Sets the limit of an account, for all devices that it does not know together.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::{Limit, MemoryThrottle}}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?)
    ///     .account(Limit { burst: 10, period: Duration::from_secs(60) });
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn account(mut self, limit: Limit) -> Self {
        self.account = limit;
        self
    }

    /// Sets the limit of each device that an account knows.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::{Limit, MemoryThrottle}}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?)
    ///     .device(Limit { burst: 5, period: Duration::from_secs(10) });
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn device(mut self, limit: Limit) -> Self {
        self.device = limit;
        self
    }

    /// Sets the limit of each address. Users behind one address share it, so it has to be above what they need. Devices there that are
    /// known share another one of the same size.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::{Limit, MemoryThrottle}}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?)
    ///     .address(Limit { burst: 600, period: Duration::from_millis(100) });
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn address(mut self, limit: Limit) -> Self {
        self.address = limit;
        self
    }

    /// Sets how long a device stays known after a login. The default is 180 days.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::MemoryThrottle}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?)
    ///     .device_lifetime(Duration::from_secs(30 * 24 * 60 * 60));
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn device_lifetime(mut self, lifetime: Duration) -> Self {
        self.device_lifetime = lifetime;
        self
    }

    /// The cookie in which browsers keep what makes their device known.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::MemoryThrottle}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// assert!(throttle.device_cookie().header("abc").is_some());
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub const fn device_cookie(&self) -> DeviceCookie {
        DeviceCookie::new(self.device_lifetime)
    }

    /// Takes an attempt. Call it before anything is looked up or hashed.
    ///
    /// # Errors
    ///
    /// [`Throttled`] if there were too many. It counts for the address then, and for nothing else.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime, or in one without timers.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Attempt, Throttle, Throttled, store::MemoryThrottle}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// let attempt = Attempt { account: "johndoe", device: None, address: None };
    /// for _ in 0..5 {
    ///     // The password is wrong.
    ///     drop(throttle.admit(&attempt).await?);
    /// }
    /// let Throttled { retry_after } = throttle.admit(&attempt).await.unwrap_err();
    /// assert!((29..=30).contains(&retry_after.as_secs()));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn admit(&self, attempt: &Attempt<'_>) -> Result<Admitted, Throttled> {
        self.admit_at(attempt, SystemTime::now()).await
    }

    pub(super) async fn admit_at(&self, attempt: &Attempt<'_>, now: SystemTime) -> Result<Admitted, Throttled> {
        let Attempt { account, device, address } = *attempt;
        let account = keys::account(&self.key, account);
        let refused = |retry_after| Throttled { retry_after };
        let device = device.and_then(|value| device::recognise(&self.key, &account, value, self.device_lifetime, now));
        let of_address = match address.map(|address| keys::address(&self.key, address, device.is_some())) {
            Some(key) => Some(self.counter.take(key, self.address, now).await.map_err(refused)?),
            None => None,
        };
        let (key, limit) = match device {
            Some(id) => (keys::device(&self.key, &id), self.device),
            None => (account, self.account),
        };
        let of_user = self.counter.take(key, limit, now).await.map_err(refused)?;
        let (counter, key) = (Arc::clone(&self.counter), self.key.clone());
        Ok(Admitted { counter, key, account, of_address, of_user })
    }
}
