//! The accounts of a service, as its login asks for them.

use std::{borrow::Cow, fmt, future::Future, pin::Pin};

use crate::{error::StoreError, scopes::set::Scopes, token::subject::Subject};

/// A user of the service, as the login needs it. `Debug` shows only the subject.
///
/// ```
/// use axum_scopes::{Scopes, login::Account};
///
/// let account = Account::new("7", "$argon2id$…", Scopes::from("me items"));
/// assert!(!account.disabled);
/// assert_eq!(format!("{account:?}"), r#"Account { subject: Subject("7"), .. }"#);
/// ```
#[derive(Clone)]
pub struct Account {
    /// The subject of its tokens (RFC 7519 §4.1.2). It never changes, and no other account ever gets it. It does not begin with
    /// `client_id:`, because such subjects are those of clients.
    pub subject: Subject,
    /// The hash of its password; `None` if it has none, so that nobody logs in with one.
    pub password_hash: Option<String>,
    /// The most that a login can grant.
    pub scopes: Scopes,
    /// Whether it may not log in. Its sessions are not refreshed either.
    pub disabled: bool,
}

impl Account {
    /// An account that may log in.
    ///
    /// ```
    /// # use axum_scopes::{Scopes, login::Account};
    /// let account = Account { disabled: true, ..Account::new("7", "$argon2id$…", Scopes::new()) };
    /// # assert!(account.disabled);
    /// ```
    #[must_use]
    pub fn new(subject: impl Into<Subject>, password_hash: impl Into<String>, scopes: Scopes) -> Self {
        Self { subject: subject.into(), password_hash: Some(password_hash.into()), scopes, disabled: false }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Finds accounts. A service implements it over its table of users.
///
/// The crate docs of `axum-scopes-sql` have it for a table of SQLite or Postgres.
///
/// All methods read from the database that is written to, not from a replica that lags behind it. Otherwise a login may begin with a
/// password that was just changed.
///
/// ```
/// use std::{collections::HashMap, sync::{Arc, Mutex, PoisonError}};
/// use axum_scopes::{error::StoreError, login::{Account, Accounts}};
///
/// /// By subject, which is the name in this service.
/// #[derive(Clone, Default)]
/// struct InMemory(Arc<Mutex<HashMap<String, Account>>>);
///
/// impl Accounts for InMemory {
///     async fn find(&self, username: &str) -> Result<Option<Account>, StoreError> {
///         self.find_subject(username).await
///     }
///
///     async fn find_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
///         Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(subject).cloned())
///     }
///
///     async fn replace_hash(&self, subject: &str, old: &str, new: &str) -> Result<bool, StoreError> {
///         let mut accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
///         let account = accounts.get_mut(subject).filter(|account| account.password_hash.as_deref() == Some(old));
///         Ok(account.map(|account| account.password_hash = Some(new.to_owned())).is_some())
///     }
/// }
/// ```
pub trait Accounts: Send + Sync + 'static {
    /// The account that a user names when logging in. The time that it takes must not show whether there is one.
    ///
    /// It is never asked for names of more than 256 bytes, or with control characters, such as NUL, which Postgres refuses. Nobody
    /// has such a name.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn find(&self, username: &str) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;

    /// The account of a subject, for a refresh.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn find_subject(&self, subject: &str) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;

    /// Replaces the hash of a password, if it still is `old`, in one atomic operation
    /// (`UPDATE … SET hash = new WHERE subject = … AND hash = old`). Returns whether it was.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot. The hash may then be replaced or not.
    fn replace_hash(
        &self,
        subject: &str,
        old: &str,
        new: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// The name under which attempts to log in are counted. Names that [`find`](Self::find) takes for one account must have one such
    /// name. Otherwise somebody who guesses a password has a number of attempts for each way to write the name.
    ///
    /// The default ignores white space around the name, and the case of letters. Override it if `find` ignores more than that.
    fn counted_as<'a>(&self, username: &'a str) -> Cow<'a, str> {
        Cow::Owned(username.trim().to_lowercase())
    }
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// [`Accounts`] of any type.
pub(super) trait AnyAccounts: Send + Sync {
    fn find<'a>(&'a self, username: &'a str) -> Answer<'a, Option<Account>>;
    fn find_subject<'a>(&'a self, subject: &'a str) -> Answer<'a, Option<Account>>;
    fn replace_hash<'a>(&'a self, subject: &'a str, old: &'a str, new: &'a str) -> Answer<'a, bool>;
    fn counted_as<'a>(&self, username: &'a str) -> Cow<'a, str>;
}

impl<A: Accounts> AnyAccounts for A {
    fn find<'a>(&'a self, username: &'a str) -> Answer<'a, Option<Account>> {
        Box::pin(Accounts::find(self, username))
    }

    fn find_subject<'a>(&'a self, subject: &'a str) -> Answer<'a, Option<Account>> {
        Box::pin(Accounts::find_subject(self, subject))
    }

    fn replace_hash<'a>(&'a self, subject: &'a str, old: &'a str, new: &'a str) -> Answer<'a, bool> {
        Box::pin(Accounts::replace_hash(self, subject, old, new))
    }

    fn counted_as<'a>(&self, username: &'a str) -> Cow<'a, str> {
        Accounts::counted_as(self, username)
    }
}
