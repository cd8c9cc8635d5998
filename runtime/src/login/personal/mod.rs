//! Personal tokens: API keys with scopes, which users make for themselves.

mod any_store;
mod crc32;
mod last_use;
mod name;
mod new_token;
mod owners;
mod secret;
#[cfg(test)]
mod tests;
mod verifies;

pub use self::new_token::NewPersonalToken;

use std::{fmt, sync::Arc, time::Duration};

use self::{any_store::AnyStore, owners::Owners};
use super::{
    accounts::Accounts,
    random,
    store::{PersonalToken, PersonalTokenStore},
    task, times,
};
use crate::{credential::source::TokenSource, error::StoreError, scopes::set::Scopes, token::subject::Subject};

/// How many tokens a subject may have.
const AT_MOST: u32 = 50;
/// The characters of base64url for the 16 bytes of an `id`.
const ID_LENGTH: usize = 22;

/// Makes and verifies personal tokens: a prefix, 30 random characters of base62, and a checksum. Copies share one store.
///
/// The checksum is that of GitHub's tokens, so a mistyped or made-up token is refused without asking the store, and scanners for
/// leaked secrets find tokens by their prefix without false alarms. The store sees digests alone.
///
/// A scheme of its own says where requests have such a token. Table and document then show it like all others:
///
/// ```
/// use axum::extract::FromRef;
/// use axum_scopes::{
///     ApiKeyHeader, ApiKeyScheme, Depends, Flows, OAuth2Scheme, TokenVerifier, either,
///     login::PersonalTokens, secure::{Router, get}, security, verified,
/// };
///
/// # struct Api;
/// # impl OAuth2Scheme for Api {
/// #     const FLOWS: Flows = Flows::password("token");
/// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// # }
/// struct Personal;
/// impl ApiKeyScheme for Personal {
///     const NAME: &str = "PersonalToken";
///     const PARAMETER: &str = "x-api-key";
///     const SCOPES: &[(&str, &str)] = Api::SCOPES;
/// }
///
/// /// In a service, the first is `verified<Api, SessionVerifier>`.
/// type Caller = either<verified<Api>, verified<ApiKeyHeader<Personal>, PersonalTokens>>;
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<Caller>) -> String {
///     format!("the items of {}", claims.into_inner().sub)
/// }
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     tokens: TokenVerifier,
///     personal: PersonalTokens,
/// }
///
/// let router: Router<App> = Router::new().route("/items", get(read_items));
/// assert_eq!(
///     router.table().to_string(),
///     "GET  /items  OAuth2PasswordBearer [items] or PersonalToken [items]\n"
/// );
/// ```
///
/// To take both kinds behind `Bearer`, compose the verifiers: `by_prefix("acme_", personal).otherwise(tokens)`
/// ([`judges`](crate::token::judges)).
///
/// A handler finds the `id` of the token as the claim `jti`.
///
/// These tokens belong to no session. Neither a logout nor a change of password ends them, and a disabled account keeps them, unless the
/// service calls [`delete_all`](Self::delete_all), or looks up their owners by [`owned_by`](Self::owned_by).
#[derive(Clone)]
pub struct PersonalTokens {
    store: Arc<dyn AnyStore>,
    prefix: &'static str,
    at_most: u32,
    owners: Option<Owners>,
}

impl PersonalTokens {
    /// Tokens that begin with `prefix`, such as `acme_`. It names the service, so that a leaked token can be traced to it.
    ///
    /// ```
    /// use axum_scopes::{Scopes, login::{PersonalTokens, store::MemoryStore}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), axum_scopes::error::StoreError> {
    /// let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
    /// let made = personal.create("johndoe", "backup script", &Scopes::from("items"), None).await?;
    /// assert!(made.is_some_and(|made| made.secret().starts_with("acme_")));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the prefix is empty, longer than 32 characters, or has others than letters, digits, `_` and `-` (ASCII).
    #[must_use]
    pub fn new(store: impl PersonalTokenStore, prefix: &'static str) -> Self {
        assert!(
            secret::may_be_prefix(prefix),
            "a prefix of personal tokens has 1 to 32 letters, digits, `_` and `-`, unlike {prefix:?}"
        );
        Self { store: Arc::new(store), prefix, at_most: AT_MOST, owners: None }
    }

    /// Sets how many tokens a subject may have at a time: 50 by default.
    ///
    /// ```
    /// use axum_scopes::{Scopes, login::{PersonalTokens, store::MemoryStore}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), axum_scopes::error::StoreError> {
    /// let personal = PersonalTokens::new(MemoryStore::default(), "acme_").at_most(1);
    /// let make = || async { personal.create("johndoe", "script", &Scopes::from("items"), None).await };
    /// assert!(make().await?.is_some());
    /// assert!(make().await?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn at_most(self, tokens: u32) -> Self {
        Self { at_most: tokens, ..self }
    }

    /// Looks up the owner of a token with each request. The tokens of an account that is disabled or gone are refused, and a token grants
    /// no scope that its owner may not have any more. `S` says which scopes include others: the scheme or extractor that reads these
    /// tokens.
    ///
    /// It costs one more query. Without it, a service has to [delete](Self::delete_all) the tokens of whom it disables.
    ///
    /// ```
    /// use axum_scopes::{ApiKeyHeader, ApiKeyScheme, login::{Accounts, PersonalTokens, store::PersonalTokenStore}};
    ///
    /// # struct Personal;
    /// # impl ApiKeyScheme for Personal {
    /// #     const NAME: &str = "PersonalToken";
    /// #     const PARAMETER: &str = "x-api-key";
    /// # }
    /// fn personal_tokens(store: impl PersonalTokenStore, accounts: impl Accounts) -> PersonalTokens {
    ///     PersonalTokens::new(store, "acme_").owned_by::<ApiKeyHeader<Personal>>(accounts)
    /// }
    /// ```
    #[must_use]
    pub fn owned_by<S: TokenSource>(self, accounts: impl Accounts) -> Self {
        Self { owners: Some(Owners::new::<S>(accounts)), ..self }
    }

    /// Makes a token that grants `scope`, which the caller has checked: at most what the user may have. Without a `lifetime`, it does not
    /// expire. Returns `None` if the subject has too many.
    ///
    /// Control characters in `name` are dropped, and what is longer than 100 characters is cut off.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Scopes, login::{PersonalTokens, store::MemoryStore}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    ///
    /// let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
    /// let made = personal.create("johndoe", "CI\n", &Scopes::from("items"), Some(90 * DAY)).await?.ok_or("too many")?;
    /// assert_eq!(made.token().name, "CI");
    /// assert_eq!(personal.list("johndoe").await?, [made.token().clone()]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot keep it, or if the system has no random numbers.
    pub async fn create(
        &self,
        subject: &str,
        name: &str,
        scope: &Scopes,
        lifetime: Option<Duration>,
    ) -> Result<Option<NewPersonalToken>, StoreError> {
        let created = times::now();
        let token = PersonalToken {
            id: random::text::<16>().map_err(times::no_random_numbers)?,
            subject: Subject::from(subject),
            name: name::cleaned(name),
            scope: scope.clone(),
            created,
            expires: lifetime.map(|lifetime| times::whole_second(times::after(created, lifetime))),
            last_used: None,
        };
        let secret = secret::random(self.prefix).map_err(times::no_random_numbers)?;
        let is_kept = self.store.create(&token, &secret::digest(&secret), self.at_most).await?;
        Ok(is_kept.then(|| NewPersonalToken::new(secret, token)))
    }

    /// The tokens of a subject that have not expired, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot tell.
    pub async fn list(&self, subject: &str) -> Result<Vec<PersonalToken>, StoreError> {
        self.store.list(subject, times::now()).await
    }

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
        task::to_its_end(async move { store.delete(&subject, &id).await }).await
    }

    /// Deletes all tokens of a subject, and returns their number. The caller may go away meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot delete them.
    pub async fn delete_all(&self, subject: &str) -> Result<u64, StoreError> {
        let (store, subject) = (Arc::clone(&self.store), Subject::from(subject));
        task::to_its_end(async move { store.delete_all(&subject).await }).await
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

impl fmt::Debug for PersonalTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonalTokens")
            .field("prefix", &self.prefix)
            .field("at_most", &self.at_most)
            .finish_non_exhaustive()
    }
}
