//! An attempt that may go on, until the password was compared.

use std::{sync::Arc, time::SystemTime};

use super::{
    counter::{Counted, Counter},
    device,
};
use crate::{jose::hmac_key::HmacKey, login::store::Digest};

/// An attempt that may go on. It counts, unless one of the methods gives it back.
#[derive(Debug)]
#[must_use = "an attempt that succeeds is given back"]
pub struct Admitted {
    pub(super) counter: Arc<Counter>,
    pub(super) key: HmacKey,
    pub(super) account: Digest,
    pub(super) of_address: Option<Counted>,
    pub(super) of_user: Counted,
}

impl Admitted {
    /// The password was right: the attempt is given back. Returns a new value for the [`DeviceCookie`](crate::login::DeviceCookie), which
    /// makes the device known for this account. If the system has no random numbers, the value is empty, and the device stays unknown.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Attempt, Throttle, store::MemoryThrottle}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// # let attempt = Attempt { account: "johndoe", device: None, address: None };
    /// let value = throttle.admit(&attempt).await?.succeeded().await;
    /// let header = throttle.device_cookie().header(&value).unwrap();
    /// assert!(header.to_str()?.starts_with("__Host-known-device="));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn succeeded(self) -> String {
        self.succeeded_at(SystemTime::now()).await
    }

    pub(super) async fn succeeded_at(self, now: SystemTime) -> String {
        self.give_back_at(now).await;
        device::issue(&self.key, &self.account, now).unwrap_or_else(|error| {
            tracing::error!(cause = %error, "a device cannot be made known without random numbers");
            String::new()
        })
    }

    /// No password was compared, because the service could not do so now: the attempt is given back.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, login::Admitted, password::{PasswordError, Passwords, Verification}};
    /// async fn compare(
    ///     passwords: &Passwords,
    ///     admitted: Admitted,
    ///     password: &str,
    ///     hash: Option<&str>,
    /// ) -> Result<(Admitted, Verification), AuthError> {
    ///     match passwords.share(admitted.share()).verify(password, hash).await {
    ///         Ok(verification) => Ok((admitted, verification)),
    ///         Err(error) => {
    ///             admitted.not_compared().await;
    ///             Err(error.into())
    ///         }
    ///     }
    /// }
    /// ```
    pub async fn not_compared(self) {
        self.give_back_at(SystemTime::now()).await;
    }

    /// Whose attempt it is, the device's or the account's, for [`Passwords::share`](crate::password::Passwords::share). So known devices
    /// do not wait behind whoever guesses passwords for their account.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Attempt, Throttle, store::MemoryThrottle}, password::Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// # let attempt = Attempt { account: "johndoe", device: None, address: None };
    /// # let passwords = Passwords::default();
    /// let admitted = throttle.admit(&attempt).await?;
    /// let verification = passwords.share(admitted.share()).verify("secret", None).await?;
    /// assert!(!verification.is_accepted());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub const fn share(&self) -> &[u8; 32] {
        &self.of_user.key
    }

    async fn give_back_at(&self, now: SystemTime) {
        self.counter.give_back(&self.of_user, now).await;
        if let Some(counted) = &self.of_address {
            self.counter.give_back(counted, now).await;
        }
    }
}
