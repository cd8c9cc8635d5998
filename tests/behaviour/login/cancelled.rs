//! Clients that go away in the middle of a request.

use std::time::Duration;

use axum_scopes::{login::Outcome, password::Passwords};

use super::{
    service::{Api, Service, Tokens, as_in_production, claims},
    until,
};

#[tokio::test]
async fn a_login_that_nobody_hears_of_ends_again() {
    let service = Service::new().await;
    *service.store.slow.lock().unwrap() = Duration::from_millis(200);
    // The session begins, and its client is gone.
    let login = tokio::spawn({
        let service = service.clone();
        async move { service.log_in("amy", "secret", "me").await }
    });
    service.store.begins().await;
    login.abort();
    until(async || service.events.lock().unwrap().len() == 2).await;
    *service.store.slow.lock().unwrap() = Duration::ZERO;
    assert_eq!(service.sessions.of("1").await.unwrap(), []);
    assert_eq!(service.outcomes(), [Outcome::LoggedIn, Outcome::SessionEnded]);
}

#[tokio::test]
async fn a_refresh_whose_client_goes_away_does_not_lose_the_token() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    service.outcomes();
    for wait in [0, 1, 5, 20, 60, 100] {
        *service.store.slow.lock().unwrap() = Duration::from_millis(40);
        let gone = tokio::time::timeout(Duration::from_millis(wait), service.refresh(&tokens.refresh)).await;
        assert!(gone.is_err() || wait >= 80);
        *service.store.slow.lock().unwrap() = Duration::ZERO;
    }
    // What was begun goes on to its end.
    let next = Tokens::of(&service.refresh(&tokens.refresh).await);
    assert_eq!(claims(&next.access)["sid"], claims(&tokens.access)["sid"]);
    Tokens::of(&service.refresh(&next.refresh).await);
    assert!(service.outcomes().iter().all(|outcome| *outcome == Outcome::Refreshed));
}

#[tokio::test]
async fn a_login_whose_client_goes_away_leaves_the_queue_of_hashes() {
    let passwords = Passwords::new(as_in_production().concurrency(1).queue(8));
    let service = Service::<Api>::hashing(passwords, |server, _| server).await;
    let logins = (0..9).map(|_| tokio::time::timeout(Duration::from_millis(2), service.log_in("amy", "wrong", "me")));
    futures_util::future::join_all(logins).await;
    // The queue would be full.
    Tokens::of(&service.log_in("amy", "secret", "me").await);
}
