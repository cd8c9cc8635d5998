//! What `Debug` shows of a login: who it is about, and no secret.

use std::time::Duration;

use super::{OAuth2PasswordRequestFormStrict, Scopes, Tested, TokenResponse, form};
use crate::{
    jose::hmac_key::HmacKey,
    login::{
        accounts::Account,
        personal::PersonalTokens,
        revocations::Revocations,
        sessions::Sessions,
        store::{MemoryStore, MemoryThrottle, SessionId},
        throttle::{Attempt, Throttle},
    },
};

#[tokio::test]
async fn debug_output_hides_secrets() -> Tested {
    let form = form("username=johndoe&password=hunter2&client_secret=hunter2").await?;
    let token = TokenResponse::bearer("hunter2").refresh_token("hunter2");
    let printed = format!("{form:?} {:#?} {token:?}", OAuth2PasswordRequestFormStrict(form.clone()));
    assert_eq!((printed.matches("johndoe").count(), printed.contains("hunter2")), (2, false), "{printed}");
    let key = HmacKey::new(*b"hunter2 hunter2 hunter2 hunter2 ")?;
    let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    for (shown, start) in [
        (format!("{token:?}"), "TokenResponse { access_token: \"[redacted]\", "),
        (format!("{:?}", Account::new("johndoe", "hunter2", Scopes::new())), "Account { subject: Subject(\"johndoe\")"),
        (format!("{:?}", Sessions::new(MemoryStore::default(), &key, revocations)), "Sessions { idle: 1209600s"),
        (
            format!("{:?}", Throttle::new(MemoryThrottle::default(), &key)),
            "Throttle { counter: Counter { local: Memory",
        ),
        (format!("{:?}", Attempt { account: "johndoe", device: Some("hunter2"), address: None }), "Attempt { account"),
        (format!("{:?}", MemoryThrottle::default()), "MemoryThrottle { keys: 0, capacity: 100000 }"),
        (format!("{:?}", MemoryStore::default()), "MemoryStore"),
        (format!("{:?}", SessionId::from_bytes([7; 16])), "SessionId(BwcHBwcHBwcHBwcHBwcHBw)"),
        (format!("{:?}", PersonalTokens::new(MemoryStore::default(), "acme_")), "PersonalTokens { prefix: \"acme_\""),
    ] {
        assert!(shown.starts_with(start) && !shown.contains("hunter2"), "{shown}");
    }
    Ok(())
}
