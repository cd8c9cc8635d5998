//! The accounts of a service, as its login asks for them.

use std::future::Future;

use crate::{error::StoreError, scopes::set::Scopes, token::subject::Subject};

/// A user of the service, as the login needs it. `Debug` does not show the hash.
#[derive(Clone)]
pub struct Account {
    /// The subject of its tokens (RFC 7519 §4.1.2). It never changes, and no other account ever gets it.
    pub subject: Subject,
    /// The hash of its password; `None` if it has none, so that nobody logs in with one.
    pub password_hash: Option<String>,
    /// The most that a login can grant.
    pub scopes: Scopes,
    /// Whether it may not log in. Its sessions then are not refreshed either.
    pub disabled: bool,
}

/// Finds accounts. A service implements it over its table of users.
pub trait Accounts: Send + Sync + 'static {
    /// The account that a user names when logging in. The time that it takes must not show whether there is one.
    fn find(&self, username: &str) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;

    /// The account of a subject, for a refresh.
    fn find_subject(&self, subject: &str) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;

    /// Replaces the hash of a password, if it still is `old`. Returns whether it was.
    fn replace_hash(
        &self,
        subject: &str,
        old: &str,
        new: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("subject", &self.subject).finish_non_exhaustive()
    }
}
