//! An issuer's keys: when they are fetched, which answers are accepted, and what requests get meanwhile.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

mod answers;
mod cached;
mod connections;
mod issuers;
mod log;
mod not_run;
mod odd_keys;
mod on_demand;
mod places;
mod provider;
mod requests;
mod roster;
mod roster_attacks;
mod routes;
mod schedule;
mod tenants;

use std::{
    error::Error,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum_scopes_test_support::{Jws, base64url};

use super::{
    error::{IssuerError, RefreshError},
    fetch::{Fetch, Fetched},
    issuer::Issuer,
    keeper::Keeper,
    key_set::KeySet,
    verifier::IssuerVerifier,
};
use crate::{
    jose::{algorithm::Algorithm, verification_key::VerificationKey},
    token::{error::TokenError, verify_error::VerifyError},
};

type Tested<T = ()> = Result<T, Box<dyn Error>>;

const URL: &str = "https://id.example.com";
const UNKNOWN: Result<(), VerifyError> = Err(VerifyError::Token(TokenError::Key));

/// A signing key and its `kid`.
struct Signer(&'static str, Ed25519KeyPair);

impl Signer {
    fn new(kid: &'static str) -> Tested<Self> {
        Ok(Self(kid, Ed25519KeyPair::generate()?))
    }

    fn jwk(&self) -> String {
        let x = base64url(self.1.public_key());
        format!(r#"{{"kty":"OKP","crv":"Ed25519","use":"sig","kid":"{}","x":"{x}"}}"#, self.0)
    }

    fn key(&self) -> Tested<VerificationKey> {
        Ok(VerificationKey::from_jwk(Algorithm::EdDSA, &self.jwk())?)
    }

    /// A token of `issuer` with the scope `items`.
    fn token(&self, issuer: &str) -> String {
        let claims = format!(r#"{{"iss":"{issuer}","sub":"amy","exp":4102444800,"scope":"items"}}"#);
        self.sign(&format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, self.0), &claims)
    }

    fn sign(&self, header: &str, claims: &str) -> String {
        Jws::new(header, claims).signed(|message| self.1.sign(message))
    }
}

/// The next answer of an issuer.
#[derive(Clone)]
enum Answer {
    Keys(Vec<VerificationKey>),
    /// Keys that are fresh for this time.
    Fresh(Vec<VerificationKey>, Duration),
    Error(RefreshError),
    Hang,
    Panic,
}

/// An issuer in place of the network, which counts its requests.
#[derive(Clone)]
struct Fake(Arc<(Mutex<Answer>, AtomicUsize)>);

impl Fake {
    fn new(answer: Answer) -> Self {
        Self(Arc::new((Mutex::new(answer), AtomicUsize::new(0))))
    }

    fn of(signers: &[&Signer]) -> Tested<Self> {
        Ok(Self::new(keys(signers)?))
    }

    fn answers(&self, answer: Answer) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    /// The number of requests.
    fn asked(&self) -> usize {
        self.0.1.load(SeqCst)
    }

    fn fetch(&self) -> Fetch {
        let fake = self.clone();
        Box::new(move || {
            fake.0.1.fetch_add(1, SeqCst);
            let answer = fake.0.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Box::pin(async move {
                // Other tasks run meanwhile, as over a network.
                tokio::time::sleep(Duration::from_millis(10)).await;
                let fetched =
                    |keys, max_age| Ok(Fetched { set: KeySet { keys, skipped: Vec::new() }, endpoints: None, max_age });
                match answer {
                    Answer::Keys(keys) => fetched(keys, None),
                    Answer::Fresh(keys, max_age) => fetched(keys, Some(max_age)),
                    Answer::Error(error) => Err(error),
                    Answer::Hang => std::future::pending().await,
                    #[expect(clippy::panic, reason = "what it is for")]
                    Answer::Panic => panic!("a fault in reading"),
                }
            })
        })
    }

    fn keeper(&self, issuer: Issuer) -> Keeper {
        Keeper::start(Arc::new(issuer), self.fetch())
    }

    fn verifier(&self) -> IssuerVerifier {
        IssuerVerifier::of([self.keeper(Issuer::new(URL))])
    }
}

fn keys(signers: &[&Signer]) -> Tested<Answer> {
    Ok(Answer::Keys(signers.iter().map(|signer| signer.key()).collect::<Tested<_>>()?))
}

async fn verify(verifier: &IssuerVerifier, token: &str) -> Result<(), VerifyError> {
    verifier.verify(token).await.map(drop)
}

fn is_unavailable(result: Result<(), VerifyError>) -> bool {
    matches!(result, Err(VerifyError::Unavailable { retry_after: 1..=30, .. }))
}

async fn seconds(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
