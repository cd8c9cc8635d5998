//! Tokens that are bound to a key of the client (RFC 9449 §5).

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::SystemTime,
};

use axum_scopes::{
    Flows, OAuth2Scheme,
    scheme::{ErrorStyle, Sender},
    sender::dpop::{Dpop, Nonces},
};
use axum_scopes_test_support::{Answer, ProofKey};

use super::service::{Api, ISSUER, OTHER_SECRET, SECRET, Service, Tokens, claims, is_error, key};

#[derive(Clone)]
struct Bound;
impl OAuth2Scheme for Bound {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = Api::SCOPES;
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[derive(Clone)]
struct Required;
impl OAuth2Scheme for Required {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = Api::SCOPES;
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]).required();
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// In seconds since 1970.
fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

fn proof_of(key: u8) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
    ProofKey::new(key).proof("POST", &format!("{ISSUER}/token"), now()).with("jti", id).sign()
}

async fn service<S: OAuth2Scheme + Clone>() -> Service<S> {
    Service::<S>::of(|server, _| server.dpop(Dpop::new(ISSUER).unwrap())).await
}

async fn log_in<S: OAuth2Scheme>(service: &Service<S>, proof: Option<String>) -> Answer {
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret"), ("scope", "me")];
    service.app.post("/token").headers("dpop", proof).form(&form).await
}

async fn refresh<S: OAuth2Scheme>(service: &Service<S>, token: &str, proof: Option<String>) -> Answer {
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    service.app.post("/token").headers("dpop", proof).form(&form).await
}

#[tokio::test]
async fn tokens_are_bound_to_the_key_of_the_proof() {
    let service = service::<Bound>().await;
    let answer = log_in(&service, Some(proof_of(1))).await;
    let tokens = Tokens::of(&answer);
    assert_eq!(answer.json()["token_type"], "DPoP");
    let cnf = serde_json::json!({ "jkt": ProofKey::new(1).thumbprint() });
    assert_eq!(claims(&tokens.access)["cnf"], cnf);
    let next = refresh(&service, &tokens.refresh, Some(proof_of(1))).await;
    assert_eq!(claims(&Tokens::of(&next).access)["cnf"], cnf);
}

#[tokio::test]
async fn a_refresh_token_of_a_public_client_is_good_only_with_its_key() {
    let service = service::<Bound>().await;
    let tokens = Tokens::of(&log_in(&service, Some(proof_of(1))).await);
    is_error(&refresh(&service, &tokens.refresh, None).await, 400, "invalid_grant");
    is_error(&refresh(&service, &tokens.refresh, Some(proof_of(2))).await, 400, "invalid_grant");
    assert_eq!(service.store.used(), 0);
    Tokens::of(&refresh(&service, &tokens.refresh, Some(proof_of(1))).await);
}

#[tokio::test]
async fn a_confidential_client_may_change_its_key() {
    let service = service::<Bound>().await;
    let form = [("grant_type", "password"), ("username", "amy"), ("password", "secret")];
    let login = service.app.post("/token").basic("portal", OTHER_SECRET).header("dpop", proof_of(1)).form(&form);
    let tokens = Tokens::of(&login.await);
    let form = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_str())];
    let next = service.app.post("/token").basic("portal", OTHER_SECRET).header("dpop", proof_of(2)).form(&form);
    let cnf = serde_json::json!({ "jkt": ProofKey::new(2).thumbprint() });
    assert_eq!(claims(&Tokens::of(&next.await).access)["cnf"], cnf);
}

#[tokio::test]
async fn a_token_of_a_client_for_itself_is_bound_too() {
    let service = service::<Required>().await;
    let form = [("grant_type", "client_credentials")];
    let call = || service.app.post("/token").basic("reports", SECRET).form(&form);
    is_error(&call().await, 400, "invalid_dpop_proof");
    let bound = call().header("dpop", proof_of(1)).await;
    assert!(claims(&Tokens::of(&bound).access)["cnf"].is_object());
}

#[tokio::test]
async fn a_proof_is_used_up_by_a_token_and_not_by_a_refusal() {
    let service = service::<Bound>().await;
    let proof = proof_of(1);
    let wrong = [("grant_type", "password"), ("username", "amy"), ("password", "wrong")];
    is_error(&service.app.post("/token").header("dpop", &proof).form(&wrong).await, 400, "invalid_grant");
    Tokens::of(&log_in(&service, Some(proof.clone())).await);
    let answer = log_in(&service, Some(proof)).await;
    is_error(&answer, 400, "invalid_dpop_proof");
    // No session was begun for it.
    assert_eq!(service.sessions.of("1").await.unwrap().len(), 1);
}

#[tokio::test]
async fn without_a_proof_the_tokens_are_bearer_tokens_unless_the_scheme_requires_a_key() {
    let answer = log_in(&service::<Bound>().await, None).await;
    assert_eq!(answer.json()["token_type"], "bearer");
    is_error(&log_in(&service::<Required>().await, None).await, 400, "invalid_dpop_proof");
    // A server that cannot bind tokens issues none that nobody would accept.
    let unable = Service::<Required>::of(|server, _| server).await;
    is_error(&log_in(&unable, Some(proof_of(1))).await, 500, "server_error");
}

#[tokio::test]
async fn a_client_without_a_nonce_gets_one() {
    let dpop = Dpop::new(ISSUER).unwrap().nonces(Nonces::new(&key()).unwrap());
    let service = Service::<Bound>::of(|server, _| server.dpop(dpop)).await;
    let answer = log_in(&service, Some(proof_of(1))).await;
    assert_eq!(answer.json()["error"], "use_dpop_nonce");
    let nonce = answer.header("dpop-nonce").unwrap();
    let proof = ProofKey::new(1).proof("POST", &format!("{ISSUER}/token"), now()).with("nonce", nonce).sign();
    Tokens::of(&log_in(&service, Some(proof)).await);
}

#[tokio::test]
async fn a_bound_token_is_revoked_without_a_proof() {
    let service = service::<Bound>().await;
    for _ in 0..2 {
        let tokens = Tokens::of(&log_in(&service, Some(proof_of(1))).await);
        assert_eq!(service.revoke(&tokens.access).await.status(), 200);
        is_error(&refresh(&service, &tokens.refresh, Some(proof_of(1))).await, 400, "invalid_grant");
    }
    assert_eq!(service.sessions.of("1").await.unwrap(), []);
}

#[tokio::test]
async fn the_metadata_names_algorithms_of_proofs_only_if_the_server_binds_tokens() {
    let algorithms = async |service: Service<Bound>| {
        let answer = service.app.get("/.well-known/oauth-authorization-server").await;
        answer.json()["dpop_signing_alg_values_supported"].to_string()
    };
    assert_eq!(algorithms(service::<Bound>().await).await, r#"["ES256","EdDSA"]"#);
    assert_eq!(algorithms(Service::<Bound>::of(|server, _| server).await).await, "null");
}
