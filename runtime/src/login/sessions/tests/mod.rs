//! Families of refresh tokens, polling, and callers that go away.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

mod cancelled;
mod family;
mod polling;
mod store;

use std::{error::Error, time::Duration};

use self::store::TestStore;
use super::{RefreshToken, Refreshed, Sessions};
use crate::{
    jose::hmac_key::HmacKey,
    login::{revocations::Revocations, store::Session},
    scopes::set::Scopes,
};

type Tested = Result<(), Box<dyn Error>>;

/// Sessions of one replica. All replicas have the same key.
fn replica(store: &TestStore) -> Result<Sessions, Box<dyn Error>> {
    let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    Ok(Sessions::new(store.clone(), &HmacKey::new([7; 32])?, revocations))
}

async fn begin(sessions: &Sessions, subject: &str) -> Result<(Session, RefreshToken), Box<dyn Error>> {
    Ok(sessions.begin(subject, Some("the app"), &Scopes::from("me items"), None).await?)
}

/// The next token, if the session goes on.
async fn next(sessions: &Sessions, token: &str) -> Result<Option<RefreshToken>, Box<dyn Error>> {
    Ok(match sessions.refresh(token).await? {
        Refreshed::Granted { token, .. } => Some(token),
        _ => None,
    })
}
