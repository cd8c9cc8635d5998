//! A service that hands out nonces accepts proofs with one of them, whatever the client's clock says.

use axum_scopes::sender::dpop::Nonces;

use super::*;

fn with_nonces() -> (Dpop, App) {
    let dpop = dpop().nonces(Nonces::new(&HmacKey::new([9; 32]).unwrap()).unwrap());
    (dpop.clone(), app_with(dpop))
}

async fn nonce(app: &App, token: &str) -> String {
    let answer = show(app, "/items", token, &[proof("/items", token).sign()]).await;
    answer.header("dpop-nonce").unwrap().to_owned()
}

#[tokio::test]
async fn a_proof_without_a_nonce_is_told_one_that_no_cache_stores() {
    let ((_, app), token) = (with_nonces(), bound("items"));
    for path in ["/items", "/plain", "/strict"] {
        let answer = show(&app, path, &token, &[proof(path, &token).sign()]).await;
        assert_eq!(answer.status(), 401, "{path}");
        assert!(answer.challenge().unwrap().starts_with(r#"DPoP error="use_dpop_nonce""#), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        let nonce = answer.header("dpop-nonce").unwrap().to_owned();
        let again = proof(path, &token).with("nonce", nonce).sign();
        assert_eq!(show(&app, path, &token, &[again]).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn a_nonce_stands_in_for_the_clock() {
    let ((_, app), token) = (with_nonces(), bound("items"));
    let nonce = nonce(&app, &token).await;
    for made in [now() - 3600, now() + 3600] {
        let proof = key().proof("GET", &format!("{ORIGIN}/items"), made).with_token(&token).with("jti", fresh());
        assert_eq!(
            show(&app, "/items", &token, &[proof.with("nonce", nonce.clone()).sign()]).await.status(),
            200,
            "{made}"
        );
    }
}

#[tokio::test]
async fn a_nonce_of_another_service_is_refused_and_replaced() {
    let ((_, app), token) = (with_nonces(), bound("items"));
    let other = app_with(dpop().nonces(Nonces::new(&HmacKey::new([8; 32]).unwrap()).unwrap()));
    let nonce = nonce(&other, &token).await;
    for nonce in [nonce, String::new(), "x".repeat(1000)] {
        let answer = show(&app, "/items", &token, &[proof("/items", &token).with("nonce", nonce.clone()).sign()]).await;
        assert_eq!(answer.status(), 401, "{nonce}");
        assert!(answer.challenge().unwrap().contains("use_dpop_nonce") && answer.header("dpop-nonce").is_some());
    }
}

#[tokio::test]
async fn replicas_with_one_key_accept_each_others_nonces() {
    let ((dpop, app), token) = (with_nonces(), bound("items"));
    let replica = app_with(dpop);
    let again = proof("/items", &token).with("nonce", nonce(&app, &token).await).sign();
    assert_eq!(show(&replica, "/items", &token, &[again]).await.status(), 200);
}

#[tokio::test]
async fn a_good_answer_brings_a_nonce_if_the_service_says_so() {
    let (dpop, _) = with_nonces();
    let router = Router::new().route("/items", get(items)).layer(dpop.nonce_layer()).with_state(verifier(dpop));
    let (app, token) = (App::new(router), bound("items"));
    let again = proof("/items", &token).with("nonce", nonce(&app, &token).await).sign();
    let answer = show(&app, "/items", &token, &[again]).await;
    assert_eq!((answer.status(), answer.header("cache-control")), (200, Some("no-store")));
    assert!(answer.header("dpop-nonce").is_some());
    // A client without proofs has no use for it.
    let answer = app.get("/items").bearer(unbound()).await;
    assert_eq!((answer.status(), answer.header("dpop-nonce"), answer.header("cache-control")), (200, None, None));
}
