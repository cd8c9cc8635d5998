//! A login of the service's own: a proof comes with the password, and the token is bound to its key (RFC 9449 §5).

use std::time::Duration;

use axum::{
    Router,
    extract::{FromRef, State},
    http::Method,
    routing::post,
};
use axum_scopes_test_support::{Answer, App, Proof, ProofKey, hostile_proofs};

use crate::{
    error::AuthError,
    error::StoreError,
    jose::HmacKey,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    scheme::{Flows, OAuth2Scheme, Sender},
    sender::dpop::{ClientKey, Dpop, Nonces, ReplayStore},
    token::{Claims, TokenSigner, verify::now},
};

const URL: &str = "https://api.example.com/auth/token";

struct Api;
impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
}

struct Bound;
impl OAuth2Scheme for Bound {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]).required();
}

#[derive(Clone, FromRef)]
struct Login {
    dpop: Dpop,
    signer: TokenSigner,
}

async fn login<S: OAuth2Scheme>(
    State(state): State<Login>,
    key: ClientKey<S>,
    form: OAuth2PasswordRequestForm<S>,
) -> Result<TokenResponse, AuthError> {
    if form.password.as_str() != "secret" {
        return Err(AuthError::invalid_grant("Incorrect username or password"));
    }
    let cnf = key.confirm().await?;
    let mut claims = Claims::new("amy", "items", Duration::from_secs(60));
    let is_bound = cnf.is_some();
    claims.cnf = cnf.map(Box::new);
    let token = state.signer.sign(&claims).map_err(|_| AuthError::internal())?;
    Ok(if is_bound { TokenResponse::dpop(token) } else { TokenResponse::bearer(token) })
}

fn app_of<S: OAuth2Scheme>(dpop: Dpop) -> App {
    let signer = TokenSigner::hs256(&HmacKey::new([7; 32]).unwrap());
    // Nested, because a proof is for the whole path.
    let nested = Router::new().route("/token", post(login::<S>).put(login::<S>));
    App::new(Router::new().nest("/auth", nested).with_state(Login { dpop, signer }))
}

fn app() -> App {
    app_of::<Api>(super::dpop())
}

async fn ask(app: &App, proofs: &[String], password: &str) -> Answer {
    let form = [("username", "amy"), ("password", password)];
    app.post("/auth/token").headers("dpop", proofs.iter().map(String::as_str)).form(&form).await
}

/// With another ID each time.
fn proof() -> Proof {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
    ProofKey::new(1).proof("POST", URL, now() as u64).with("jti", id)
}

fn is_refused(answer: &Answer, code: &str) {
    assert_eq!((answer.status(), answer.json()["error"].as_str()), (400, Some(code)), "{answer:?}");
    assert_eq!((answer.challenge(), answer.header("cache-control")), (None, Some("no-store")), "{answer:?}");
}

#[tokio::test]
async fn a_token_is_bound_to_the_key_of_the_proof() {
    let answer = ask(&app(), &[proof().sign()], "secret").await;
    assert_eq!((answer.status(), answer.json()["token_type"].as_str()), (200, Some("DPoP")));
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let payload = token.split('.').nth(1).unwrap();
    let mut buffer = Vec::new();
    let claims: serde_json::Value =
        serde_json::from_slice(crate::jose::compact::decode(payload, &mut buffer).unwrap()).unwrap();
    assert_eq!(claims["cnf"], serde_json::json!({ "jkt": ProofKey::new(1).thumbprint() }));
}

#[tokio::test]
async fn without_a_proof_the_token_is_a_bearer_token_unless_the_scheme_requires_a_key() {
    let answer = ask(&app(), &[], "secret").await;
    assert_eq!((answer.status(), answer.json()["token_type"].as_str()), (200, Some("bearer")));
    is_refused(&ask(&app_of::<Bound>(super::dpop()), &[], "secret").await, "invalid_dpop_proof");
    assert_eq!(ask(&app_of::<Bound>(super::dpop()), &[proof().sign()], "secret").await.status(), 200);
}

#[tokio::test]
async fn hostile_proofs_get_no_token() {
    let app = app_of::<Bound>(super::dpop());
    for hostile in hostile_proofs(&proof()) {
        is_refused(&ask(&app, &hostile.proofs, "secret").await, "invalid_dpop_proof");
    }
    is_refused(&ask(&app, &[proof().with_token("any").sign()], "secret").await, "invalid_dpop_proof");
}

#[tokio::test]
async fn a_proof_is_for_the_method_and_the_url_of_the_endpoint() {
    let app = app();
    let form = [("username", "amy"), ("password", "secret")];
    let put = app.call(Method::PUT, "/auth/token").header("dpop", proof().sign()).form(&form).await;
    is_refused(&put, "invalid_dpop_proof");
    let elsewhere = proof().with("htu", "https://api.example.com/token");
    is_refused(&ask(&app, &[elsewhere.sign()], "secret").await, "invalid_dpop_proof");
}

#[tokio::test]
async fn a_proof_gets_one_token_and_a_wrong_password_does_not_use_it_up() {
    let (app, proof) = (app(), proof().sign());
    assert_eq!(ask(&app, std::slice::from_ref(&proof), "wrong").await.json()["error"], "invalid_grant");
    assert_eq!(ask(&app, std::slice::from_ref(&proof), "secret").await.status(), 200);
    is_refused(&ask(&app, &[proof], "secret").await, "invalid_dpop_proof");
}

#[tokio::test]
async fn a_client_without_a_nonce_gets_one() {
    let nonces = Nonces::new(&HmacKey::new([1; 32]).unwrap()).unwrap();
    let app = app_of::<Api>(super::dpop().nonces(nonces));
    let refused = ask(&app, &[proof().sign()], "secret").await;
    is_refused(&refused, "use_dpop_nonce");
    let nonce = refused.header("dpop-nonce").unwrap();
    assert_eq!(ask(&app, &[proof().with("nonce", nonce).sign()], "secret").await.status(), 200);
}

struct Down;
impl ReplayStore for Down {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], _: u64) -> Result<bool, StoreError> {
        Err(StoreError::new(7, std::io::Error::other("no connection")))
    }
}

#[tokio::test]
async fn no_token_is_given_while_the_store_is_down() {
    let answer = ask(&app_of::<Api>(super::dpop().replay_store(Down)), &[proof().sign()], "secret").await;
    assert_eq!((answer.status(), answer.header("retry-after")), (503, Some("7")));
}

#[tokio::test]
async fn the_extractor_says_what_it_is_without_its_proof() {
    let parts = axum::http::Request::new(()).into_parts().0;
    let key: ClientKey<Api> = super::dpop().at_token_endpoint(&parts).unwrap();
    assert_eq!(format!("{key:?}"), "ClientKey { has_proof: false }");
}
