//! Requests with bound tokens, and their answers.

mod proofs;
mod refusals;

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{Router, routing::get};
use axum_scopes_test_support::{Answer, App, Call, Jws, Proof, ProofKey};

use crate::{
    Depends,
    jose::HmacKey,
    scheme::{ErrorStyle, Flows, OAuth2Scheme, Sender},
    security,
    sender::{SenderVerifier, dpop::Dpop},
    token::{TokenVerifier, verify::now},
    verified,
};

type Tokens = SenderVerifier<TokenVerifier>;

struct Api;
impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("admin", "Everything.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

struct Bound;
impl OAuth2Scheme for Bound {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]).required();
}

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api, Tokens>>) -> String {
    claims.sub.into()
}

#[security(scopes = ["items"])]
async fn bound_items(Depends(claims): Depends<verified<Bound, Tokens>>) -> String {
    claims.sub.into()
}

#[security(scopes = ["admin"])]
async fn admin(_: Depends<verified<Api, Tokens>>) {}

const ORIGIN: &str = "https://api.example.com";
const URL: &str = "https://api.example.com/v1/items";

fn dpop() -> Dpop {
    Dpop::new(ORIGIN).unwrap()
}

fn app_with(dpop: Dpop) -> App {
    let tokens = TokenVerifier::hs256(&HmacKey::new([7; 32]).unwrap());
    let routes = Router::new()
        .route("/items", get(items).post(items))
        .route("/bound", get(bound_items))
        .route("/admin", get(admin));
    // Nested, because a proof is for the whole path.
    App::new(Router::new().nest("/v1", routes).with_state(SenderVerifier::new(tokens, dpop)))
}

fn app() -> App {
    app_with(dpop())
}

/// A token with this claim `cnf`, if it is not empty.
fn token_with(cnf: &str) -> String {
    let cnf = if cnf.is_empty() { String::new() } else { format!(r#","cnf":{cnf}"#) };
    let claims = format!(r#"{{"sub":"amy","scope":"items","exp":4102444800{cnf}}}"#);
    Jws::new(r#"{"alg":"HS256","typ":"at+jwt"}"#, claims).hs256([7; 32])
}

fn key() -> ProofKey {
    ProofKey::new(1)
}

/// A token that is bound to [`key`].
fn bound() -> String {
    token_with(&format!(r#"{{"jkt":"{}"}}"#, key().thumbprint()))
}

/// A proof for [`bound`] at a URL, with another ID each time.
fn proof_for(url: &str) -> Proof {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
    key().proof("GET", url, now() as u64).with_token(&bound()).with("jti", id)
}

fn proof() -> Proof {
    proof_for(URL)
}

/// A request for the items with the bound token and these proofs.
fn ask<'a>(app: &App, proofs: impl IntoIterator<Item = &'a String>) -> Call {
    let call = app.get("/v1/items").header("authorization", format!("DPoP {}", bound()));
    call.headers("dpop", proofs.into_iter().map(String::as_str))
}

#[track_caller]
fn is_refused(answer: &Answer, status: u16, challenge: &str) {
    let challenges = answer.challenges().join(", ");
    assert_eq!(answer.status(), status, "{answer:?}");
    assert!(challenges.contains(challenge), "{challenge} is not in {challenges}");
}
