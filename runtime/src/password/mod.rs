//! Password hashing with argon2id: [`Passwords`] hashes and compares passwords on blocking threads, within the limits of a
//! [`PasswordPolicy`].

#[cfg(feature = "bcrypt")]
mod bcrypt;
mod engine;
mod error;
#[cfg(any(feature = "pbkdf2", feature = "scrypt"))]
mod foreign;
mod lanes;
#[cfg(feature = "pbkdf2")]
mod pbkdf2;
mod policy;
#[cfg(feature = "scrypt")]
mod scrypt;
mod secret;
mod share;
mod shared;
mod stored;
#[cfg(test)]
mod tests;
mod verdict;

use std::{fmt, hash::Hash, sync::Arc};

use self::shared::Shared;
pub use self::{
    error::PasswordError,
    policy::PasswordPolicy,
    share::PasswordShare,
    verdict::{Login, Verification},
};

/// Hashes passwords with argon2id and compares them with stored hashes.
///
/// Make one for the service and clone it: clones share the queue and the memory.
///
/// A login takes the same time if the user is unknown, the password wrong or too long, or the stored hash unreadable. A
/// stored hash with other parameters than the policy's takes its own time. Until it is replaced, the time of a response shows
/// that the user exists.
///
/// # Older hashes
///
/// Argon2 hashes of every kind are accepted, also those of other libraries. A stored hash above 256 MiB, 16 iterations or
/// 16 lanes is refused, unless the policy itself costs more.
///
/// With the feature `bcrypt`, hashes that begin with `$2a$`, `$2b$` or `$2y$` are accepted up to a cost of 16. They are
/// always outdated. bcrypt ignores bytes after the 72nd and is misled by NUL, so with such a hash, longer passwords and
/// those with NUL are refused; these users must reset them.
///
/// With the features `pbkdf2` and `scrypt`, hashes of these are accepted as Django, passlib and Werkzeug write them, and as PHC strings.
/// They are always outdated.
///
/// | feature | accepted | up to |
/// |---|---|---|
/// | `pbkdf2` | `$pbkdf2-sha256$…`, `pbkdf2_sha256$…`, `pbkdf2:sha256:…`, and SHA-512 in its place, from 1,000 iterations on | 5,000,000 iterations |
/// | `scrypt` | `$scrypt$…`, `scrypt$…`, `scrypt:…` | 256 MiB, and 4 times the work of N = 2^17, r = 8, p = 1 |
///
/// Both take a password for the same with NUL behind it, so with such a hash, passwords that end with NUL are refused.
///
/// `argon2$` and `bcrypt$`, which Django writes before such hashes, are skipped. Hashes of Django's `bcrypt_sha256` and of PBKDF2 with
/// SHA-1 are not read.
///
/// A hash that is unreadable or costs too much is logged, and refused like a wrong password.
///
/// # Debug builds
///
/// Without optimisation, a hash takes seconds. In the profile `dev`, set `opt-level = 3` for the packages `argon2` and
/// `blake2`, with the feature `bcrypt` for `bcrypt` and `blowfish`, with `pbkdf2`
/// for `pbkdf2` and `sha2`, and with `scrypt` for `scrypt` and `salsa20`.
///
/// ```
/// use axum_scopes::{AuthError, login::OAuth2PasswordRequestForm, password::{Login, Passwords}};
/// # struct Api;
/// # struct User { hash: String }
/// # struct Users;
/// # impl Users {
/// #     async fn find(&self, _: &str) -> Option<User> { None }
/// #     async fn replace_hash(&self, _: &User, _: &str, _: &str) {}
/// # }
///
/// async fn authenticate(
///     passwords: &Passwords,
///     users: &Users,
///     form: &OAuth2PasswordRequestForm<Api>,
/// ) -> Result<User, AuthError> {
///     let user = users.find(&form.username).await;
///     // Compare also without a user, so that the response does not come sooner.
///     let stored = user.as_ref().map(|user| user.hash.as_str());
///     let login = passwords.verify_and_update(&form.password, stored).await?;
///     let (Some(user), Login::Accepted { new_hash }) = (user, login) else {
///         return Err(AuthError::bad_request("Incorrect username or password"));
///     };
///     if let Some(new_hash) = new_hash {
///         // Replace only the hash that was compared, because the password may have changed meanwhile.
///         users.replace_hash(&user, &user.hash, &new_hash).await;
///     }
///     Ok(user)
/// }
/// ```
#[derive(Clone)]
pub struct Passwords(Arc<Shared>);

impl Passwords {
    /// The longest password that is hashed, in bytes.
    ///
    /// ```
    /// assert_eq!(axum_scopes::password::Passwords::MAX_LEN, 1024);
    /// ```
    pub const MAX_LEN: usize = secret::MAX_LEN;

    /// Makes new hashes with `policy`. It does not allocate their memory yet.
    ///
    /// ```
    /// use axum_scopes::password::{PasswordPolicy, Passwords};
    ///
    /// let passwords = Passwords::new(PasswordPolicy::default().concurrency(2));
    /// ```
    #[must_use]
    pub fn new(policy: PasswordPolicy) -> Self {
        Self(Shared::new(policy))
    }

    /// These passwords for one share of the queue, so that a flood of logins for one account does not lock everybody out. The key is
    /// the account's name as the user has typed it, or whatever else tells floods apart. It is hashed, and not kept.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let passwords = Passwords::default();
    /// let login = passwords.share("johndoe").verify_and_update("secret", None).await?;
    /// assert!(!login.is_accepted());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn share(&self, key: impl Hash) -> PasswordShare {
        PasswordShare::of(&self.0, key)
    }

    fn common(&self) -> PasswordShare {
        PasswordShare::common(&self.0)
    }

    /// A new hash of `password` with a random salt of 16 bytes, as a PHC string.
    ///
    /// # Errors
    ///
    /// [`PasswordError::TooLong`] above [`MAX_LEN`](Self::MAX_LEN), [`PasswordError::Busy`] if the queue is full,
    /// [`PasswordError::Failed`] without memory or random numbers.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let hash = Passwords::default().hash("correct horse").await?;
    /// assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn hash(&self, password: impl AsRef<str>) -> Result<String, PasswordError> {
        self.common().hash(password).await
    }

    /// Compares `password` with the user's stored hash, or with `None` for an unknown user.
    ///
    /// For a login, [`verify_and_update`](Self::verify_and_update) also makes a new hash if the stored one is outdated.
    ///
    /// # Errors
    ///
    /// [`PasswordError::Busy`] if the queue is full, [`PasswordError::Failed`] without memory.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, Passwords};
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
        self.common().verify(password, stored).await
    }

    /// Compares like [`verify`](Self::verify), and makes a new hash if the stored one is outdated, as pwdlib's function
    /// of this name does. It waits in the queue once.
    ///
    /// Replace only the hash that was compared (`UPDATE … WHERE id = … AND hash = …`), because the user may have changed the
    /// password meanwhile. If the new hash is not stored, the next login makes one again.
    ///
    /// # Errors
    ///
    /// [`PasswordError::Busy`] if the queue is full, [`PasswordError::Failed`] without memory or random numbers.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::password::{Login, PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let passwords = Passwords::default();
    /// // From another library, with more memory and fewer iterations.
    /// let stored = "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg";
    /// let Login::Accepted { new_hash: Some(new_hash) } = passwords.verify_and_update("password", Some(stored)).await? else {
    ///     panic!("refused, or not replaced");
    /// };
    /// assert!(new_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify_and_update(
        &self,
        password: impl AsRef<str>,
        stored: Option<&str>,
    ) -> Result<Login, PasswordError> {
        self.common().verify_and_update(password, stored).await
    }
}

/// Follows OWASP's recommendation; see [`PasswordPolicy`].
impl Default for Passwords {
    fn default() -> Self {
        Self::new(PasswordPolicy::default())
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("params", &self.0.engine.params).finish_non_exhaustive()
    }
}
