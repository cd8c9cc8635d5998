//! Hostile proofs: none is accepted, none makes the service fail, none fills the store.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum_scopes::error::StoreError;
use axum_scopes::sender::dpop::ReplayStore;
use axum_scopes_test_support::hostile_proofs;

use super::*;

/// Counts how often it is asked.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl ReplayStore for Counting {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], _: u64) -> Result<bool, StoreError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(true)
    }
}

#[tokio::test]
async fn hostile_proofs_are_refused_and_leave_nothing_in_the_store() {
    let store = Counting::default();
    let (app, token) = (app_with(dpop().replay_store(store.clone())), bound("items"));
    let hostile = hostile_proofs(&proof("/items", &token));
    assert!(hostile.len() >= 60, "{}", hostile.len());
    for case in hostile {
        // A header cannot hold every text.
        if case.proofs.iter().any(|proof| axum::http::HeaderValue::from_str(proof).is_err()) {
            continue;
        }
        for path in ["/items", "/plain", "/strict"] {
            let answer = show(&app, path, &token, &case.proofs).await;
            assert_eq!(answer.status(), 401, "{} {path}", case.name);
            assert!(!answer.text().contains(&token), "{}", case.name);
        }
    }
    assert_eq!(store.0.load(Ordering::Relaxed), 0);
    assert_eq!(show(&app, "/items", &token, &[proof("/items", &token).sign()]).await.status(), 200);
    assert_eq!(store.0.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_bad_token_leaves_nothing_in_the_store_whatever_its_proof() {
    let store = Counting::default();
    let app = app_with(dpop().replay_store(store.clone()));
    let good = bound("items");
    let forged = Jws::new(r#"{"alg":"HS256"}"#, r#"{"sub":"amy","exp":4102444800}"#).hs256([8; 32]);
    for token in [forged, good[..good.len() - 2].to_owned(), unbound(), "opaque".to_owned()] {
        assert_eq!(show(&app, "/items", &token, &[proof("/items", &token).sign()]).await.status(), 401, "{token}");
    }
    assert_eq!(store.0.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn two_authorization_headers_are_refused() {
    let (app, token) = (app(), bound("items"));
    for other in [format!("Bearer {}", unbound()), format!("DPoP {token}")] {
        let call = app.get("/items").headers("authorization", [format!("DPoP {token}"), other.clone()]);
        let answer = call.header("dpop", proof("/items", &token).sign()).await;
        assert!(matches!(answer.status(), 400 | 401), "{other}");
    }
}
