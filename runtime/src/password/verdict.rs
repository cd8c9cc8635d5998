//! The results of comparing a password with a stored hash.

use std::fmt;

/// The result of a comparison with a stored hash.
///
/// ```
/// use axum_scopes::password::Verification;
///
/// let verification = Verification::Accepted { needs_rehash: true };
/// assert!(verification.is_accepted() && verification.needs_rehash());
/// assert!(!Verification::Refused.is_accepted());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "an ignored comparison refuses nobody"]
pub enum Verification {
    /// There is no such user, or the password is not theirs.
    Refused,
    /// The password is the one that was hashed.
    Accepted {
        /// The stored hash is outdated: hash the password again, and store the new hash.
        needs_rehash: bool,
    },
}

impl Verification {
    /// Whether the password is the one that was hashed.
    ///
    /// ```
    /// assert!(!axum_scopes::password::Verification::Refused.is_accepted());
    /// ```
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    /// Whether the password is right, and its stored hash outdated.
    ///
    /// ```
    /// assert!(axum_scopes::password::Verification::Accepted { needs_rehash: true }.needs_rehash());
    /// ```
    #[must_use]
    pub const fn needs_rehash(self) -> bool {
        matches!(self, Self::Accepted { needs_rehash: true })
    }
}

/// The result of [`Passwords::verify_and_update`](crate::password::Passwords::verify_and_update). `Debug` does not show the
/// hash.
///
/// ```
/// use axum_scopes::password::Login;
///
/// let login = Login::Accepted { new_hash: None };
/// assert!(login.is_accepted());
/// assert!(!Login::Refused.is_accepted());
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use = "an ignored login refuses nobody"]
pub enum Login {
    /// There is no such user, or the password is not theirs.
    Refused,
    /// The password is the one that was hashed.
    Accepted {
        /// The hash to store instead of the outdated one; `None` if the stored one is up to date.
        new_hash: Option<String>,
    },
}

impl Login {
    /// Whether the password is the one that was hashed.
    ///
    /// ```
    /// assert!(!axum_scopes::password::Login::Refused.is_accepted());
    /// ```
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("Refused"),
            Self::Accepted { new_hash } => {
                f.debug_struct("Accepted").field("new_hash", &new_hash.as_ref().map(|_| format_args!("_"))).finish()
            }
        }
    }
}
