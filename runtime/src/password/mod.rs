//! Passwords: hashed and compared off the async threads, with bounds on length, cost, concurrency and waiters.

mod engine;
mod error;
mod policy;
mod stored;
#[cfg(test)]
mod tests;

use std::{fmt, hint::black_box, sync::Arc};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::{engine::Engine, stored::Stored};
pub use self::{error::PasswordError, policy::PasswordPolicy};

/// Hashes passwords with argon2id and compares them with stored hashes.
///
/// Make one for the service and clone it: clones share the queue and the memory.
///
/// A login costs the same whether the user is unknown, the password wrong or too long, or the stored hash unreadable.
/// A stored hash of other parameters than the policy's costs what it says; see [`Verification`] for how to replace it.
///
/// Without optimisation a hash takes seconds; set `opt-level = 3` for the packages `argon2` and `blake2` in the
/// profile `dev`.
///
/// ```
/// use axum_scopes::{AuthError, OAuth2PasswordRequestForm, Passwords};
/// # struct User { hash: String }
/// # struct Users;
/// # impl Users {
/// #     async fn find(&self, _: &str) -> Option<User> { None }
/// #     async fn set_hash(&self, _: &User, _: String) {}
/// # }
///
/// async fn authenticate(
///     passwords: &Passwords,
///     users: &Users,
///     form: &OAuth2PasswordRequestForm,
/// ) -> Result<User, AuthError> {
///     let user = users.find(&form.username).await;
///     // Also without a user: the answer must not come sooner then.
///     let stored = user.as_ref().map(|user| user.hash.as_str());
///     let verification = passwords.verify(&form.password, stored).await?;
///     let Some(user) = user.filter(|_| verification.is_accepted()) else {
///         return Err(AuthError::bad_request("Incorrect username or password"));
///     };
///     if verification.needs_rehash() {
///         users.set_hash(&user, passwords.hash(&form.password).await?).await;
///     }
///     Ok(user)
/// }
/// ```
#[derive(Clone)]
pub struct Passwords(Arc<Shared>);

struct Shared {
    engine: Engine,
    running: Arc<Semaphore>,
    queue: Semaphore,
}

impl Passwords {
    /// The longest password that is hashed, in bytes.
    ///
    /// ```
    /// assert_eq!(axum_scopes::Passwords::MAX_LEN, 1024);
    /// ```
    pub const MAX_LEN: usize = 1024;

    /// New hashes will cost what `policy` says; allocates nothing yet.
    ///
    /// ```
    /// use axum_scopes::{PasswordPolicy, Passwords};
    ///
    /// let passwords = Passwords::new(PasswordPolicy::default().concurrency(2));
    /// ```
    #[must_use]
    pub fn new(policy: PasswordPolicy) -> Self {
        let permits = |count: usize| Semaphore::new(count.min(Semaphore::MAX_PERMITS));
        Self(Arc::new(Shared {
            running: Arc::new(permits(policy.hashes_at_once())),
            queue: permits(policy.queue),
            engine: Engine::new(policy.params),
        }))
    }

    /// A new hash of `password` with a random salt of 16 bytes, as a PHC string.
    ///
    /// # Errors
    ///
    /// [`PasswordError::TooLong`] above [`MAX_LEN`](Self::MAX_LEN), [`PasswordError::Busy`] at once where the queue is
    /// full, [`PasswordError::Failed`] without memory or random numbers.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let hash = Passwords::default().hash("correct horse").await?;
    /// assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn hash(&self, password: impl AsRef<str>) -> Result<String, PasswordError> {
        let password = Secret::new(password.as_ref()).ok_or(PasswordError::TooLong)?;
        self.run(move |engine| engine.hash(&password.0)).await
    }

    /// Compares `password` with the hash that is stored for the user; `None` where there is no such user.
    ///
    /// Argon2 hashes of every kind are read, also those of other libraries. Above 256 MiB, 16 iterations or 16 lanes a
    /// stored hash is refused, unless the policy itself costs more; that, and a hash that cannot be read, is logged.
    ///
    /// # Errors
    ///
    /// [`PasswordError::Busy`] at once where the queue is full, [`PasswordError::Failed`] without memory.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let passwords = Passwords::default();
    /// let hash = passwords.hash("correct horse").await?;
    /// assert!(passwords.verify("correct horse", Some(&hash)).await?.is_accepted());
    /// assert!(!passwords.verify("correct horse", None).await?.is_accepted());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify(&self, password: impl AsRef<str>, stored: Option<&str>) -> Result<Verification, PasswordError> {
        let password = Secret::new(password.as_ref());
        let stored = stored.and_then(|text| Stored::read(text, self.0.engine.params()));
        let attempt = password.zip(stored);
        self.run(move |engine| match &attempt {
            Some((password, stored)) => engine.verify(&password.0, stored),
            None => engine.refuse(),
        })
        .await
    }

    /// Waits for a permit, and does `work` on a thread that may block.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = self.permit().await?;
        let shared = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            // Work cannot be interrupted, so the permit stays with it, also when nobody waits any more.
            let _permit = permit;
            work(&shared.engine)
        });
        done.await.map_err(|_| PasswordError::Failed)?
    }

    /// A permit at once, or a place in the queue for one. Who stops waiting gives the place up.
    async fn permit(&self) -> Result<OwnedSemaphorePermit, PasswordError> {
        let running = Arc::clone(&self.0.running);
        // Does not overtake: a permit that is given back goes to whoever has waited longest.
        if let Ok(permit) = Arc::clone(&running).try_acquire_owned() {
            return Ok(permit);
        }
        let _place = self.0.queue.try_acquire().map_err(|_| PasswordError::Busy)?;
        running.acquire_owned().await.map_err(|_| PasswordError::Failed)
    }
}

/// By OWASP's recommendation; see [`PasswordPolicy`].
impl Default for Passwords {
    fn default() -> Self {
        Self::new(PasswordPolicy::default())
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("params", self.0.engine.params()).finish_non_exhaustive()
    }
}

/// What a comparison with a stored hash has shown.
///
/// ```
/// use axum_scopes::Verification;
///
/// let verification = Verification::Accepted { needs_rehash: true };
/// assert!(verification.is_accepted() && verification.needs_rehash());
/// assert!(!Verification::Refused.is_accepted());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a comparison that nobody looks at keeps nobody out"]
pub enum Verification {
    /// There is no such user, or the password is not theirs.
    Refused,
    /// The password is the one that was hashed.
    Accepted {
        /// The stored hash is not what the policy asks for: hash the password again, and store that.
        needs_rehash: bool,
    },
}

impl Verification {
    /// Whether the password is the one that was hashed.
    ///
    /// ```
    /// assert!(!axum_scopes::Verification::Refused.is_accepted());
    /// ```
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    /// Whether the password, which is right, should be hashed again and stored.
    ///
    /// ```
    /// assert!(axum_scopes::Verification::Accepted { needs_rehash: true }.needs_rehash());
    /// ```
    #[must_use]
    pub const fn needs_rehash(self) -> bool {
        matches!(self, Self::Accepted { needs_rehash: true })
    }
}

/// A copy of a password on its way to another thread.
struct Secret(Vec<u8>);

impl Secret {
    /// `None` for what is too long to be hashed.
    fn new(password: &str) -> Option<Self> {
        (password.len() <= Passwords::MAX_LEN).then(|| Self(password.as_bytes().to_vec()))
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.fill(0);
        // Keeps the zeros from being optimised away.
        black_box(&self.0);
    }
}
