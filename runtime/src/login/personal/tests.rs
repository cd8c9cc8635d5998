//! Personal tokens from the moment that they are made to the request that shows them.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

use std::{
    collections::HashMap,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::PersonalTokens;
use crate::{
    credential::{
        api_key::ApiKeyHeader,
        presented::{Presented, PresentedAs},
    },
    error::StoreError,
    login::{
        accounts::{Account, Accounts},
        store::{Digest, MemoryStore, PersonalToken, PersonalTokenStore},
    },
    scheme::api_key::ApiKeyScheme,
    scopes::set::Scopes,
    token::{
        claims::Claims, error::TokenError, judge::VerifyToken, verified::VerifiedToken, verify_error::VerifyError,
    },
};

type Tested = Result<(), Box<dyn Error>>;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn make(personal: &PersonalTokens, scope: &str) -> Result<super::NewPersonalToken, Box<dyn Error>> {
    Ok(personal.create("amy", "my laptop", &Scopes::from(scope), Some(90 * DAY)).await?.ok_or("too many")?)
}

async fn judged(personal: &PersonalTokens, token: &str) -> Result<Claims, VerifyError> {
    personal.judge_as::<Claims>(&Presented::new(token, PresentedAs::Header)).await
}

fn in_memory() -> PersonalTokens {
    PersonalTokens::new(MemoryStore::default(), "acme_")
}

/// Its database is away.
struct Down;

fn down<T>() -> Result<T, StoreError> {
    Err(StoreError::new(7, std::io::Error::other("no connection")))
}

impl PersonalTokenStore for Down {
    async fn create(&self, _: &PersonalToken, _: &Digest, _: u32) -> Result<bool, StoreError> {
        down()
    }
    async fn find(&self, _: &Digest, _: SystemTime, _: Duration) -> Result<Option<PersonalToken>, StoreError> {
        down()
    }
    async fn list(&self, _: &str, _: SystemTime) -> Result<Vec<PersonalToken>, StoreError> {
        down()
    }
    async fn delete(&self, _: &str, _: &str) -> Result<bool, StoreError> {
        down()
    }
    async fn delete_all(&self, _: &str) -> Result<u64, StoreError> {
        down()
    }
}

#[tokio::test]
async fn a_token_has_a_prefix_and_is_shown_once() -> Tested {
    let personal = in_memory();
    let made = make(&personal, "items").await?;
    assert!(made.secret().starts_with("acme_") && made.secret().len() == 41);
    let kept = personal.list("amy").await?;
    assert_eq!(kept, [made.token().clone()]);
    for (shown, has) in [
        (format!("{made:?}"), "NewPersonalToken { token: PersonalToken { id:"),
        (format!("{kept:?}"), "my laptop"),
        (format!("{personal:?}"), "acme_"),
    ] {
        assert!(shown.contains(has) && !shown.contains(&made.secret()[5..]), "{shown}");
    }
    let claims = judged(&personal, made.secret()).await?;
    assert_eq!((claims.sub.as_str(), claims.scope.as_str()), ("amy", "items"));
    Ok(())
}

#[tokio::test]
async fn texts_that_cannot_be_tokens_are_refused_without_asking_the_store() -> Tested {
    let made = make(&in_memory(), "items").await?;
    let good = made.secret();
    let down = PersonalTokens::new(Down, "acme_");
    assert_eq!(judged(&down, good).await, Err(VerifyError::Unavailable { retry_after: 7, source: None }));
    let last = if good.ends_with('0') { "1" } else { "0" };
    let mistyped = format!("{}{last}", &good[..40]);
    for (text, error) in [
        (mistyped.as_str(), TokenError::Malformed),
        (&good[..40], TokenError::Malformed),
        (&format!("{good}\n"), TokenError::Malformed),
        (&format!("acme_{}", "\0".repeat(36)), TokenError::Malformed),
        ("acme_", TokenError::Malformed),
        (&good[1..], TokenError::NotMine),
        (&good.to_uppercase(), TokenError::NotMine),
        ("", TokenError::NotMine),
    ] {
        assert_eq!(judged(&down, text).await, Err(error.into()), "{text:?}");
        assert_eq!(down.revoke(text).await?, None, "{text:?}");
    }
    for id in ["", "\0", "a", &"a".repeat(23), &"\u{e9}".repeat(11), "' OR 1=1; -- xxxxxxxxx"] {
        assert!(!down.delete("amy", id).await?, "{id:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_store_that_is_down_is_unavailable_and_nothing_else() -> Tested {
    let down = PersonalTokens::new(Down, "acme_");
    let made = make(&in_memory(), "items").await?;
    let errors = [
        down.create("amy", "", &Scopes::new(), None).await.err(),
        down.list("amy").await.err(),
        down.delete("amy", &made.token().id).await.err(),
        down.delete_all("amy").await.err(),
        down.revoke(made.secret()).await.err(),
    ];
    for error in errors {
        assert_eq!(error.ok_or("no error")?.retry_after(), 7);
    }
    Ok(())
}

#[tokio::test]
async fn tokens_expire_at_a_whole_second_or_not_at_all() -> Tested {
    let personal = in_memory();
    let create = async |lifetime| personal.create("amy", "", &Scopes::from("items"), lifetime).await;
    let made = create(Some(90 * DAY)).await?.ok_or("too many")?;
    let expires = made.token().expires.ok_or("no end")?.duration_since(UNIX_EPOCH)?;
    let left = expires - made.token().created.duration_since(UNIX_EPOCH)?;
    assert!(expires.subsec_nanos() == 0 && left <= 90 * DAY && left > 89 * DAY);
    assert_eq!(judged(&personal, made.secret()).await?.exp, expires.as_secs());
    for lifetime in [None, Some(Duration::MAX)] {
        let made = create(lifetime).await?.ok_or("too many")?;
        assert_eq!(made.token().expires.is_none(), lifetime.is_none());
        assert_eq!(judged(&personal, made.secret()).await?.exp, 253_402_300_799);
    }
    let over = create(Some(Duration::ZERO)).await?.ok_or("too many")?;
    assert_eq!(judged(&personal, over.secret()).await, Err(TokenError::Inactive.into()));
    assert_eq!(personal.list("amy").await?.len(), 3);
    Ok(())
}

#[tokio::test]
async fn the_last_use_is_noted_coarsely() -> Tested {
    let personal = in_memory();
    let made = make(&personal, "items").await?;
    let last_used = async || personal.list("amy").await.map(|tokens| tokens[0].last_used);
    assert_eq!(last_used().await?, None);
    // A proof of a token that is bound to nobody: refused, and no use.
    let dpop = personal.judge_as::<Claims>(&Presented::new(made.secret(), PresentedAs::DPoP)).await;
    assert_eq!(dpop, Err(TokenError::Bound.into()));
    assert_eq!(last_used().await?, None);
    judged(&personal, made.secret()).await?;
    let first = last_used().await?;
    assert!(first.is_some_and(|first| first >= made.token().created));
    tokio::time::sleep(Duration::from_millis(5)).await;
    judged(&personal, made.secret()).await?;
    assert_eq!(last_used().await?, first);
    Ok(())
}

#[tokio::test]
async fn a_handler_sees_which_token_it_is() -> Tested {
    let personal = in_memory();
    let made = make(&personal, "items").await?;
    let presented = Presented::new(made.secret(), PresentedAs::Header);
    let token: VerifiedToken = personal.judge(&presented).await?;
    let claims: serde_json::Value = token.claims_as()?;
    assert_eq!((&claims["jti"], &claims["sub"]), (&made.token().id.as_str().into(), &"amy".into()));
    assert!(claims["iat"].as_u64() < claims["exp"].as_u64());
    assert!(personal.delete("amy", claims["jti"].as_str().ok_or("no text")?).await?);
    assert_eq!(judged(&personal, made.secret()).await, Err(TokenError::Inactive.into()));
    Ok(())
}

#[tokio::test]
async fn tokens_are_bounded_per_subject_and_end_by_all_ways() -> Tested {
    let personal = in_memory().at_most(3);
    let tokens = [make(&personal, "a").await?, make(&personal, "b").await?, make(&personal, "c").await?];
    assert!(make(&personal, "d").await.is_err());
    let of_bob = personal.create("bob", "", &Scopes::new(), None).await?.ok_or("too many")?;
    assert!(!personal.delete("bob", &tokens[0].token().id).await?);
    assert!(personal.delete("amy", &tokens[0].token().id).await?);
    assert_eq!(personal.revoke(tokens[1].secret()).await?.map(|token| token.id), Some(tokens[1].token().id.clone()));
    assert_eq!(personal.revoke(tokens[1].secret()).await?, None);
    assert_eq!(personal.delete_all("amy").await?, 1);
    for token in &tokens {
        assert_eq!(judged(&personal, token.secret()).await, Err(TokenError::Inactive.into()));
    }
    assert!(judged(&personal, of_bob.secret()).await.is_ok());
    Ok(())
}

struct Pat;

impl ApiKeyScheme for Pat {
    const NAME: &'static str = "PersonalToken";
    const PARAMETER: &'static str = "x-api-key";
    const SCOPES: &'static [(&'static str, &'static str)] = &[("me", ""), ("items", ""), ("admin", "")];
    const IMPLIES: &'static [(&'static str, &'static [&'static str])] = &[("admin", &["items"])];
}

#[derive(Clone, Default)]
struct Users(Arc<Mutex<HashMap<String, Account>>>);

impl Users {
    fn set(&self, scopes: &str, disabled: bool) {
        let account = Account { disabled, ..Account::new("amy", "", Scopes::from(scopes)) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert("amy".to_owned(), account);
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Accounts for Users {
    async fn find(&self, username: &str) -> Result<Option<Account>, StoreError> {
        self.find_subject(username).await
    }
    async fn find_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(subject).cloned())
    }
    async fn replace_hash(&self, _: &str, _: &str, _: &str) -> Result<bool, StoreError> {
        Ok(false)
    }
}

#[tokio::test]
async fn a_token_is_worth_no_more_than_its_owner() -> Tested {
    let users = Users::default();
    let personal = in_memory().owned_by::<ApiKeyHeader<Pat>>(users.clone());
    let made = make(&personal, "me items").await?;
    for (scopes, expected) in [
        ("me items", "me items"),
        ("items", "items"),
        ("me admin", "me items"),
        ("me", "me"),
        ("", ""),
        ("ME Items", ""),
        ("me items admin", "me items"),
    ] {
        users.set(scopes, false);
        assert_eq!(judged(&personal, made.secret()).await?.scope.as_str(), expected, "{scopes}");
    }
    users.set("me items", true);
    assert_eq!(judged(&personal, made.secret()).await, Err(TokenError::Inactive.into()));
    users.clear();
    assert_eq!(judged(&personal, made.secret()).await, Err(TokenError::Inactive.into()));
    Ok(())
}

#[test]
#[should_panic(expected = "a prefix of personal tokens has 1 to 32 letters, digits, `_` and `-`, unlike \"a b\"")]
fn a_prefix_that_no_request_could_send_is_a_mistake() {
    let _ = PersonalTokens::new(Down, "a b");
}
