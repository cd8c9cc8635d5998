//! Personal tokens: what a store keeps of them, and what it has to guarantee.

use std::{
    future::Future,
    time::{Duration, SystemTime},
};

use super::digest::Digest;
use crate::{error::StoreError, scopes::set::Scopes, token::subject::Subject};

/// A personal token without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalToken {
    /// What the user names it by when it is deleted. It is random, and not secret.
    pub id: String,
    /// Whose token it is.
    pub subject: Subject,
    /// What the user calls it.
    pub name: String,
    /// What it grants.
    pub scope: Scopes,
    /// When it was made.
    pub created: SystemTime,
    /// When it expires; `None` if it does not.
    pub expires: Option<SystemTime>,
    /// About when it was used last.
    pub last_used: Option<SystemTime>,
}

/// Keeps personal tokens by their digests.
pub trait PersonalTokenStore: Send + Sync + 'static {
    /// Keeps a new token. Returns `false`, and keeps nothing, if the subject has `at_most` tokens or more that have not expired when it is
    /// [`created`](PersonalToken::created). Calls at the same time may exceed this number by the number of calls.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot.
    fn create(
        &self,
        token: &PersonalToken,
        digest: &Digest,
        at_most: u32,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// The token with this digest, if it has not expired at `now`. Each request with a token calls it.
    ///
    /// It notes `now` as the last use if none is noted, or if the noted one is `coarse` ago or longer, so most calls only read. The use may
    /// be noted a second later, but never in a token that was deleted.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell. An unnoted use is no error.
    fn find(
        &self,
        digest: &Digest,
        now: SystemTime,
        coarse: Duration,
    ) -> impl Future<Output = Result<Option<PersonalToken>, StoreError>> + Send;

    /// All tokens of a subject that have not expired at `now`, those made last first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn list(
        &self,
        subject: &str,
        now: SystemTime,
    ) -> impl Future<Output = Result<Vec<PersonalToken>, StoreError>> + Send;

    /// Deletes a token of this subject, and says whether there was one. From then on, [`find`](Self::find) does not return it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot.
    fn delete(&self, subject: &str, id: &str) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Deletes all tokens of a subject, and returns their number. Those that have expired may count or not.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot.
    fn delete_all(&self, subject: &str) -> impl Future<Output = Result<u64, StoreError>> + Send;
}
