//! A proof is good once, and a store that cannot tell refuses for a while.

use axum_scopes::error::StoreError;
use axum_scopes::sender::dpop::{MemoryReplayStore, ReplayStore};

use super::*;

#[tokio::test]
async fn a_proof_is_good_once() {
    let (app, token) = (app(), bound("items"));
    let once = proof("/items", &token).sign();
    assert_eq!(show(&app, "/items", &token, std::slice::from_ref(&once)).await.status(), 200);
    let again = show(&app, "/items", &token, &[once]).await;
    assert_eq!(again.status(), 401);
    assert!(again.challenge().unwrap().contains(r#"error="invalid_dpop_proof""#), "{again:?}");
}

#[tokio::test]
async fn of_requests_at_once_with_one_proof_one_is_accepted() {
    let (app, token) = (app(), bound("items"));
    let once = proof("/items", &token).sign();
    let calls = (0..64).map(|_| {
        let (app, token, once) = (app.clone(), token.clone(), once.clone());
        tokio::spawn(async move { show(&app, "/items", &token, &[once]).await.status() })
    });
    let mut accepted = 0;
    for call in calls.collect::<Vec<_>>() {
        accepted += u32::from(call.await.unwrap() == 200);
    }
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn a_refused_proof_is_still_good_for_its_own_request() {
    let (app, token) = (app(), bound("items"));
    let once = proof("/items", &token).sign();
    for _ in 0..3 {
        assert_eq!(show(&app, "/v1/items", &token, std::slice::from_ref(&once)).await.status(), 401);
    }
    assert_eq!(show(&app, "/items", &token, &[once]).await.status(), 200);
}

struct Down;

impl ReplayStore for Down {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], _: u64) -> Result<bool, StoreError> {
        Err(StoreError::new(7, std::io::Error::other("the database is down")))
    }
}

#[tokio::test]
async fn a_store_that_is_down_is_a_503_for_good_proofs_alone() {
    let (app, token) = (app_with(dpop().replay_store(Down)), bound("items"));
    let answer = show(&app, "/items", &token, &[proof("/items", &token).sign()]).await;
    assert_eq!((answer.status(), answer.header("retry-after"), answer.challenge()), (503, Some("7"), None));
    assert!(!answer.text().contains("database"));
    assert_eq!(show(&app, "/items", &token, &["bad".to_owned()]).await.status(), 401);
    assert_eq!(app.get("/items").bearer(unbound()).await.status(), 200);
}

#[tokio::test]
async fn a_client_with_many_proofs_fills_its_own_share_alone() {
    let store = MemoryReplayStore::new(100).share(3);
    let (app, token) = (app_with(dpop().replay_store(store)), bound("items"));
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(show(&app, "/items", &token, &[proof("/items", &token).sign()]).await.status());
    }
    assert_eq!(statuses, [200, 200, 200, 503, 503]);
    let other = ProofKey::new(2);
    let of_other = super::token(&format!(r#","scope":"items","cnf":{{"jkt":"{}"}}"#, other.thumbprint()));
    let proof = other.proof("GET", &format!("{ORIGIN}/items"), now()).with_token(&of_other).sign();
    assert_eq!(show(&app, "/items", &of_other, &[proof]).await.status(), 200);
}

/// Answers when it has forgotten the proof already.
struct Slow;

impl ReplayStore for Slow {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], until: u64) -> Result<bool, StoreError> {
        while now() < until {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        Ok(true)
    }
}

#[tokio::test]
async fn a_proof_that_grows_too_old_while_a_store_is_asked_is_refused() {
    let dpop = dpop().max_age(std::time::Duration::from_secs(1)).replay_store(Slow);
    let (app, token) = (app_with(dpop), bound("items"));
    assert_eq!(show(&app, "/items", &token, &[proof("/items", &token).sign()]).await.status(), 401);
}

#[tokio::test]
async fn a_proof_without_an_end_is_good_once() {
    let (app, token) = (app_with(dpop().max_age(std::time::Duration::MAX)), bound("items"));
    let once = proof("/items", &token).sign();
    for status in [200, 401] {
        assert_eq!(show(&app, "/items", &token, std::slice::from_ref(&once)).await.status(), status);
    }
}
