//! Proofs of possession over requests (RFC 9449 §7).

use axum::http::Method;
use axum_scopes_test_support::{App, ProofKey, hostile_proofs};

use super::{URL, app, app_with, ask, bound, dpop, is_refused, proof, proof_for, token_with};
use crate::{
    jose::HmacKey,
    sender::dpop::{MemoryReplayStore, Nonces, ReplayStore, ReplayStoreError},
};

#[tokio::test]
async fn a_bound_token_with_its_proof_is_accepted() {
    assert_eq!(ask(&app(), &[proof().sign()]).await, (200, None, "amy"));
}

#[tokio::test]
async fn the_name_of_the_scheme_may_have_any_case() {
    for name in ["DPoP", "dpop", "DPOP"] {
        let call = app().get("/v1/items").header("authorization", format!("{name} {}", bound()));
        assert_eq!(call.header("dpop", proof().sign()).await.status(), 200, "{name}");
    }
}

#[tokio::test]
async fn two_authorizations_are_refused() {
    for second in [format!("DPoP {}", bound()), format!("Bearer {}", token_with(""))] {
        let answer = ask(&app(), &[proof().sign()]).header("authorization", second).await;
        assert!(matches!(answer.status(), 400 | 401), "{answer:?}");
    }
}

#[tokio::test]
async fn hostile_proofs_are_refused() {
    let app = app();
    for hostile in hostile_proofs(&proof()) {
        let answer = ask(&app, &hostile.proofs).await;
        is_refused(&answer, 401, r#"error="invalid_dpop_proof""#);
    }
}

#[tokio::test]
async fn a_failed_proof_uses_nothing_up() {
    let (app, good) = (app(), proof());
    for hostile in hostile_proofs(&good) {
        assert_eq!(ask(&app, &hostile.proofs).await.status(), 401);
    }
    assert_eq!(ask(&app, &[good.sign()]).await.status(), 200);
}

#[tokio::test]
async fn a_proof_is_good_once() {
    let (app, proof) = (app(), proof().sign());
    assert_eq!(ask(&app, [&proof]).await.status(), 200);
    is_refused(&ask(&app, [&proof]).await, 401, r#"error="invalid_dpop_proof""#);
}

#[tokio::test]
async fn a_proof_is_for_one_method() {
    let app = app();
    let send = |method: Method, proof: String| {
        let call = app.call(method, "/v1/items").header("authorization", format!("DPoP {}", bound()));
        call.header("dpop", proof)
    };
    assert_eq!(send(Method::POST, proof().sign()).await.status(), 401);
    assert_eq!(send(Method::HEAD, proof().sign()).await.status(), 401);
    assert_eq!(send(Method::HEAD, proof().with("htm", "HEAD").sign()).await.status(), 200);
}

#[tokio::test]
async fn the_host_of_the_request_does_not_matter() {
    let (app, proof) = (app(), proof().with("htu", "https://evil.example/v1/items").sign());
    let forwarded = ask(&app, [&proof]).header("host", "evil.example").header("x-forwarded-host", "evil.example");
    assert_eq!(forwarded.await.status(), 401);
}

#[tokio::test]
async fn a_proof_by_another_key_is_refused_as_the_token_is() {
    let other = ProofKey::new(2).proof("GET", URL, crate::token::verify::now() as u64).with_token(&bound());
    is_refused(&ask(&app(), &[other.sign()]).await, 401, r#"DPoP error="invalid_token""#);
}

#[tokio::test]
async fn the_token_comes_before_its_proof() {
    let expired = super::Jws::new(r#"{"alg":"HS256"}"#, r#"{"sub":"amy","scope":"items","exp":1}"#).hs256([7; 32]);
    let call = app().get("/v1/items").header("authorization", format!("DPoP {expired}"));
    is_refused(&call.header("dpop", "no proof").await, 401, r#"error="invalid_token""#);
}

fn with_nonces() -> App {
    let dpop = dpop().nonces(Nonces::new(&HmacKey::new([1; 32]).unwrap()).unwrap());
    app_with(dpop)
}

#[tokio::test]
async fn a_client_without_a_nonce_gets_one_and_uses_it() {
    let app = with_nonces();
    let refused = ask(&app, &[proof().sign()]).await;
    is_refused(&refused, 401, r#"error="use_dpop_nonce""#);
    assert_eq!(refused.header("cache-control"), Some("no-store"));
    let nonce = refused.header("dpop-nonce").unwrap();
    // Its clock may be wrong.
    assert_eq!(ask(&app, &[proof().with("nonce", nonce).with("iat", 0).sign()]).await.status(), 200);
    let wrong = ask(&app, &[proof().with("nonce", nonce).with("htm", "POST").sign()]).await;
    is_refused(&wrong, 401, r#"error="invalid_dpop_proof""#);
    assert_eq!(wrong.header("dpop-nonce"), None);
}

#[tokio::test]
async fn a_proof_that_lacks_a_nonce_is_not_used_up() {
    let (app, proof) = (with_nonces(), proof());
    let refused = ask(&app, &[proof.sign()]).await;
    let nonce = refused.header("dpop-nonce").unwrap().to_owned();
    assert_eq!(ask(&app, &[proof.with("nonce", nonce).sign()]).await.status(), 200);
}

struct Down;
impl ReplayStore for Down {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], _: u64) -> Result<bool, ReplayStoreError> {
        Err(ReplayStoreError::new(7, std::io::Error::other("no connection")))
    }
}

#[tokio::test]
async fn nobody_gets_in_while_the_store_is_down_or_full() {
    let app = app_with(dpop().replay_store(Down));
    let answer = ask(&app, &[proof().sign()]).await;
    assert_eq!((answer.status(), answer.header("retry-after"), answer.challenges().len()), (503, Some("7"), 0));
    // Who has no good proof learns nothing about the store.
    assert_eq!(ask(&app, &[proof().with("htm", "POST").sign()]).await.status(), 401);
    let app = app_with(dpop().replay_store(MemoryReplayStore::new(1)));
    assert_eq!(ask(&app, &[proof().sign()]).await.status(), 200);
    assert_eq!(ask(&app, &[proof().sign()]).await.status(), 503);
}

#[tokio::test]
async fn missing_scopes_are_named_in_the_scheme_of_the_request() {
    let call = app().get("/v1/admin").header("authorization", format!("DPoP {}", bound()));
    let answer = call.header("dpop", proof_for("https://api.example.com/v1/admin").sign()).await;
    is_refused(&answer, 403, r#"DPoP error="insufficient_scope""#);
    assert!(answer.challenges().iter().all(|challenge| !challenge.contains("Bearer error")), "{answer:?}");
}
