//! Personal tokens: API keys with scopes, which users make for themselves.

use std::time::Duration;

use super::store::{PersonalToken, PersonalTokenStore};
use crate::{
    credential::presented::Presented,
    error::StoreError,
    scopes::set::Scopes,
    token::{judge::VerifyToken, verified::VerifiedToken, verify_error::VerifyError},
};

/// Makes and verifies personal tokens: a prefix, 30 random characters of base62, and a checksum. Copies share one store.
#[derive(Clone, Debug)]
pub struct PersonalTokens(());

/// A new token, with the text that is shown once. `Debug` does not show it.
#[derive(Debug)]
pub struct NewPersonalToken(());

impl NewPersonalToken {
    /// The text of the token. Nobody can find it out later.
    #[must_use]
    pub fn secret(&self) -> &str {
        unimplemented!()
    }

    /// What is kept of it.
    #[must_use]
    pub fn token(&self) -> &PersonalToken {
        unimplemented!()
    }
}

impl PersonalTokens {
    /// Tokens that begin with `prefix`, such as `acme_pat_`.
    #[must_use]
    pub fn new(store: impl PersonalTokenStore, prefix: &'static str) -> Self {
        let _ = (store, prefix);
        unimplemented!()
    }

    /// Makes a token. `None` if the subject has too many.
    pub async fn create(
        &self,
        subject: &str,
        name: &str,
        scope: &Scopes,
        lifetime: Option<Duration>,
    ) -> Result<Option<NewPersonalToken>, StoreError> {
        let _ = (subject, name, scope, lifetime);
        unimplemented!()
    }

    /// The tokens of a subject.
    pub async fn list(&self, subject: &str) -> Result<Vec<PersonalToken>, StoreError> {
        let _ = subject;
        unimplemented!()
    }

    /// Deletes a token of a subject.
    pub async fn delete(&self, subject: &str, id: &str) -> Result<bool, StoreError> {
        let _ = (subject, id);
        unimplemented!()
    }

    /// Deletes all tokens of a subject.
    pub async fn delete_all(&self, subject: &str) -> Result<u64, StoreError> {
        let _ = subject;
        unimplemented!()
    }
}

impl VerifyToken for PersonalTokens {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        let _ = presented;
        unimplemented!()
    }
}
