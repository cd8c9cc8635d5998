//! What requests with opaque tokens get, whatever the endpoint does meanwhile.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

mod cached;
mod faults;
mod flights;
mod flood;
mod provider;
mod requests;
mod signed;

use std::{
    collections::HashMap,
    error::Error,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    answer::MEDIA_TYPE,
    config::Introspection,
    credentials::ClientCredentials,
    endpoint::{Ask, NoReply, Reply},
    error::RequestError,
    verifier::IntrospectionVerifier,
};
use crate::token::{error::TokenError, verify as verification, verify_error::VerifyError};

type Tested<T = ()> = Result<T, Box<dyn Error>>;

const URL: &str = "https://id.example.com/introspect";
const INACTIVE: Result<(), VerifyError> = Err(VerifyError::Token(TokenError::Inactive));

/// What the endpoint says about a token.
#[derive(Clone)]
enum Says {
    Active,
    /// Active, until so many seconds from now.
    For(u64),
    Inactive,
    Json(String),
    Fails(RequestError, Option<u32>),
    Hangs,
    Panics,
}

/// An endpoint in place of the network, which counts its requests.
#[derive(Clone, Default)]
struct Fake(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    of_token: HashMap<String, Says>,
    /// About all other tokens.
    of_others: Option<Says>,
    asked: Vec<String>,
    under_way: usize,
    most_under_way: usize,
}

impl Fake {
    /// Says that these tokens are active, and all others inactive.
    fn knows(tokens: &[&str]) -> Self {
        let fake = Self::default();
        tokens.iter().for_each(|token| fake.says(token, Says::Active));
        fake
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn says(&self, token: &str, says: Says) {
        self.state().of_token.insert(token.to_owned(), says);
    }

    /// About every token.
    fn says_of_all(&self, says: Says) {
        let mut state = self.state();
        state.of_token.clear();
        state.of_others = Some(says);
    }

    /// How often it was asked.
    fn asked(&self) -> usize {
        self.state().asked.len()
    }

    fn asked_about(&self, token: &str) -> usize {
        self.state().asked.iter().filter(|asked| *asked == token).count()
    }

    fn ask(&self) -> Ask {
        let fake = self.clone();
        Box::new(move |token| {
            let (fake, token) = (fake.clone(), token.to_owned());
            Box::pin(async move {
                let _under_way = fake.begins(&token);
                // Other tasks run meanwhile, as over a network.
                tokio::time::sleep(Duration::from_millis(10)).await;
                let says = {
                    let state = fake.state();
                    state.of_token.get(&token).or(state.of_others.as_ref()).cloned().unwrap_or(Says::Inactive)
                };
                let active = |seconds| {
                    format!(r#"{{"active":true,"sub":"{token}","exp":{},"scope":"items"}}"#, from_now(seconds))
                };
                let json = match says {
                    Says::Active => active(3600),
                    Says::For(seconds) => active(seconds),
                    Says::Inactive => r#"{"active":false}"#.to_owned(),
                    Says::Json(json) => json,
                    Says::Fails(error, wait) => return Err(NoReply(error, wait)),
                    Says::Hangs => std::future::pending().await,
                    #[expect(clippy::panic, reason = "what it is for")]
                    Says::Panics => panic!("a fault in reading"),
                };
                Ok(Reply { media_type: MEDIA_TYPE.to_owned(), body: json.into() })
            })
        })
    }

    fn begins(&self, token: &str) -> UnderWay {
        let mut state = self.state();
        state.asked.push(token.to_owned());
        state.under_way += 1;
        state.most_under_way = state.most_under_way.max(state.under_way);
        UnderWay(self.clone())
    }

    fn verifier(&self, introspection: Introspection) -> Tested<IntrospectionVerifier> {
        Ok(IntrospectionVerifier::asking(introspection, self.ask())?)
    }
}

/// A request that has not ended.
struct UnderWay(Fake);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
    }
}

fn introspection() -> Introspection {
    Introspection::new(URL, ClientCredentials::basic("api", "a-secret-of-the-service"))
}

/// A time, in seconds since 1970.
fn from_now(seconds: u64) -> u64 {
    verification::now() as u64 + seconds
}

async fn verify(verifier: &IntrospectionVerifier, token: &str) -> Result<(), VerifyError> {
    verifier.verify(token).await.map(drop)
}

/// The seconds after which to try again, and the cause, if nobody knows whether the token is good.
fn unavailable(result: Result<(), VerifyError>) -> Option<(u32, String)> {
    match result {
        Err(VerifyError::Unavailable { retry_after, source: Some(source) }) => Some((retry_after, source.to_string())),
        _ => None,
    }
}

async fn seconds(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
