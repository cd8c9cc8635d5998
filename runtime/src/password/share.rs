//! Hashes within one share of the queue: takes a password, yields what was computed off the async threads.

use std::{fmt, hash::Hash, sync::Arc};

use super::{
    error::PasswordError,
    lanes::Share,
    secret::Secret,
    shared::Shared,
    stored::Stored,
    verdict::{Login, Verification},
};

/// [`Passwords`](crate::password::Passwords) for one share of the queue: for one account, say, or for one address.
///
/// A share takes at most one in 16 of the places in the queue, and shares are served in turn. If the queue is full, the share that waits
/// most gives a place to one that waits less. So whoever floods one account keeps the others waiting for no longer than one hash
/// at a time. Methods of `Passwords` itself are one share, which may fill the queue.
///
/// ```
/// use axum_scopes::password::{PasswordError, Passwords};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), PasswordError> {
/// let passwords = Passwords::default();
/// let hash = passwords.hash("correct horse").await?;
/// let of_account = passwords.share("johndoe");
/// assert!(of_account.verify("correct horse", Some(&hash)).await?.is_accepted());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PasswordShare {
    shared: Arc<Shared>,
    share: Share,
}

impl PasswordShare {
    pub(super) fn common(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared), share: Share::Common }
    }

    pub(super) fn of(shared: &Arc<Shared>, key: impl Hash) -> Self {
        Self { shared: Arc::clone(shared), share: shared.share_of(key) }
    }

    /// A new hash, as [`Passwords::hash`](crate::password::Passwords::hash) makes it.
    ///
    /// # Errors
    ///
    /// Those of [`Passwords::hash`](crate::password::Passwords::hash). [`PasswordError::Busy`] also if the share is full.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// let hash = Passwords::default().share("johndoe").hash("correct horse").await?;
    /// assert!(hash.starts_with("$argon2id$"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn hash(&self, password: impl AsRef<str>) -> Result<String, PasswordError> {
        let password = Secret::new(password.as_ref()).ok_or(PasswordError::TooLong)?;
        self.shared.run(self.share, move |engine| engine.hash(&password.0)).await
    }

    /// Compares as [`Passwords::verify`](crate::password::Passwords::verify) does.
    ///
    /// # Errors
    ///
    /// Those of [`Passwords::verify`](crate::password::Passwords::verify). [`PasswordError::Busy`] also if the share is full.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// assert!(!Passwords::default().share("nobody").verify("correct horse", None).await?.is_accepted());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify(&self, password: impl AsRef<str>, stored: Option<&str>) -> Result<Verification, PasswordError> {
        let attempt = self.attempt(password.as_ref(), stored);
        self.shared
            .run(self.share, move |engine| match &attempt {
                Some((password, stored)) => engine.verify(&password.0, stored),
                None => engine.refuse().map(|()| Verification::Refused),
            })
            .await
    }

    /// Compares and makes a new hash as [`Passwords::verify_and_update`](crate::password::Passwords::verify_and_update) does.
    ///
    /// # Errors
    ///
    /// Those of [`Passwords::verify_and_update`](crate::password::Passwords::verify_and_update). [`PasswordError::Busy`] also if the share is full.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # use axum_scopes::password::{PasswordError, Passwords};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), PasswordError> {
    /// assert!(!Passwords::default().share("nobody").verify_and_update("correct horse", None).await?.is_accepted());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify_and_update(
        &self,
        password: impl AsRef<str>,
        stored: Option<&str>,
    ) -> Result<Login, PasswordError> {
        let attempt = self.attempt(password.as_ref(), stored);
        self.shared
            .run(self.share, move |engine| match &attempt {
                Some((password, stored)) => engine.verify_and_update(&password.0, stored),
                None => engine.refuse().map(|()| Login::Refused),
            })
            .await
    }

    /// `None` if the password must be refused whatever its hash is.
    fn attempt(&self, password: &str, stored: Option<&str>) -> Option<(Secret, Stored)> {
        let password = Secret::new(password);
        // Parsed also if the password is too long, so that an unusable hash is always logged.
        let stored = stored.and_then(|text| Stored::read(text, &self.shared.engine.params));
        password.zip(stored)
    }
}

impl fmt::Debug for PasswordShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordShare").field("params", &self.shared.engine.params).finish_non_exhaustive()
    }
}
