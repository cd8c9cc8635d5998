//! A new token, the only one whose text is known.

use std::fmt;

use zeroize::Zeroizing;

use super::super::store::PersonalToken;

/// A new token, with the text that is shown once. `Debug` does not show it, and its memory is overwritten.
///
/// ```
/// use axum_scopes::{Scopes, login::{PersonalTokens, store::MemoryStore}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
/// let made = personal.create("johndoe", "CI", &Scopes::from("items"), None).await?.ok_or("too many")?;
/// assert_eq!(made.secret().len(), "acme_".len() + 36);
/// assert_eq!(made.token().scope, Scopes::from("items"));
/// assert!(!format!("{made:?}").contains(made.secret()));
/// # Ok(())
/// # }
/// ```
pub struct NewPersonalToken {
    secret: Zeroizing<String>,
    token: PersonalToken,
}

impl NewPersonalToken {
    pub(super) const fn new(secret: Zeroizing<String>, token: PersonalToken) -> Self {
        Self { secret, token }
    }

    /// The text of the token. Nobody can find it out later.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// What is kept of it.
    #[must_use]
    pub const fn token(&self) -> &PersonalToken {
        &self.token
    }
}

impl fmt::Debug for NewPersonalToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPersonalToken").field("token", &self.token).finish_non_exhaustive()
    }
}
