//! Personal tokens that go: by their owner, with their owner, or because somebody has found one.

use std::sync::Arc;

use super::{
    super::{store::PersonalToken, task, times},
    ID_LENGTH, PersonalTokens, last_use, secret,
};
use crate::{error::StoreError, token::subject::Subject};

impl PersonalTokens {
    /// Deletes the token of a subject with this `id`, and returns whether there was one. From then on, it is refused everywhere. The caller
    /// may go away meanwhile.
    ///
    /// ```
    /// use axum_scopes::{Scopes, login::{PersonalTokens, store::MemoryStore}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
    /// let made = personal.create("johndoe", "CI", &Scopes::from("items"), None).await?.ok_or("too many")?;
    /// assert!(!personal.delete("alice", &made.token().id).await?);
    /// assert!(personal.delete("johndoe", &made.token().id).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot delete it.
    pub async fn delete(&self, subject: &str, id: &str) -> Result<bool, StoreError> {
        // A store need not take any text.
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if id.len() != ID_LENGTH || !id.bytes().all(is_id) {
            return Ok(false);
        }
        let (store, subject, id) = (Arc::clone(&self.store), Subject::from(subject), id.to_owned());
        task::stored(async move { store.delete(&subject, &id).await }).await
    }

    /// Deletes all tokens of a subject, and returns their number. The caller may go away meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot delete them.
    pub async fn delete_all(&self, subject: &str) -> Result<u64, StoreError> {
        let (store, subject) = (Arc::clone(&self.store), Subject::from(subject));
        task::stored(async move { store.delete_all(&subject).await }).await
    }

    /// Deletes a token that somebody presents, whoever that is: the revocation of RFC 7009, or a leaked token that was found. Returns what
    /// was kept of it, if there was one.
    ///
    /// ```
    /// use axum_scopes::{Scopes, login::{PersonalTokens, store::MemoryStore}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
    /// let made = personal.create("johndoe", "CI", &Scopes::from("items"), None).await?.ok_or("too many")?;
    /// assert_eq!(personal.revoke(made.secret()).await?.map(|token| token.id), Some(made.token().id.clone()));
    /// assert!(personal.list("johndoe").await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot delete it.
    pub async fn revoke(&self, token: &str) -> Result<Option<PersonalToken>, StoreError> {
        if secret::check(self.prefix, token).is_err() {
            return Ok(None);
        }
        let Some(found) = self.store.find(&secret::digest(token), times::now(), last_use::COARSE).await? else {
            return Ok(None);
        };
        let is_deleted = self.delete(&found.subject, &found.id).await?;
        Ok(is_deleted.then_some(found))
    }
}
