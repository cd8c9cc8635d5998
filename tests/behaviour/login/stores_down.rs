//! While a store is away, nothing is answered that was not stored, and no attempt is lost.

use std::time::{Duration, SystemTime};

use axum_scopes::login::{Outcome, SigningKeys};

use super::service::{Service, Tokens, is_error, throttle};

#[tokio::test]
async fn while_the_store_is_away_all_is_503_with_retry_after() {
    let service = Service::new().await;
    let (tokens, other) = (service.tokens("amy", "me").await, service.tokens("amy", "me").await);
    service.outcomes();
    service.store.down.set(true);
    for answer in [
        service.log_in("amy", "secret", "me").await,
        service.refresh(&tokens.refresh).await,
        service.revoke(&tokens.refresh).await,
        service.revoke(&tokens.access).await,
    ] {
        is_error(&answer, 503, "temporarily_unavailable");
        assert_eq!(answer.header("retry-after"), Some("7"));
        assert!(!answer.text().contains("address"));
    }
    assert_eq!(service.outcomes(), [Outcome::StoreUnavailable; 4]);
    // An access token needs no store. That of a session which was to be ended is refused already.
    assert_eq!(service.me(&other.access).await.status(), 200);
    assert_eq!(service.me(&tokens.access).await.status(), 401);
    service.store.down.set(false);
    Tokens::of(&service.log_in("amy", "secret", "me").await);
    Tokens::of(&service.refresh(&other.refresh).await);
}

#[tokio::test]
async fn while_the_accounts_are_away_a_refresh_token_is_not_used_up() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    service.users.down.set(true);
    is_error(&service.log_in("amy", "secret", "me").await, 503, "temporarily_unavailable");
    is_error(&service.refresh(&tokens.refresh).await, 503, "temporarily_unavailable");
    assert_eq!(service.store.used(), 0);
    service.users.down.set(false);
    let next = Tokens::of(&service.refresh(&tokens.refresh).await);
    Tokens::of(&service.refresh(&next.refresh).await);
}

#[tokio::test]
async fn attempts_that_could_not_be_compared_do_not_count() {
    let service = Service::with(|server, store| server.throttle(throttle(store))).await;
    service.users.down.set(true);
    for _ in 0..20 {
        is_error(&service.log_in("amy", "secret", "me").await, 503, "temporarily_unavailable");
    }
    service.users.down.set(false);
    Tokens::of(&service.log_in("amy", "secret", "me").await);
}

#[tokio::test]
async fn while_no_key_may_sign_no_session_begins_and_no_refresh_token_is_used_up() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    let (now, hour) = (SystemTime::now(), Duration::from_secs(3600));
    service.outcomes();
    // For one more second.
    service.keys.replace(&SigningKeys::generate(now - hour, hour + Duration::from_secs(1)).unwrap()).unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    is_error(&service.log_in("amy", "secret", "me").await, 500, "server_error");
    is_error(&service.refresh(&tokens.refresh).await, 500, "server_error");
    assert_eq!(service.outcomes(), [Outcome::Failed; 2]);
    assert_eq!(service.store.used(), 0);
    assert_eq!(service.sessions.of("1").await.unwrap().len(), 1);
    service.keys.replace(&SigningKeys::generate(now, hour).unwrap()).unwrap();
    let next = Tokens::of(&service.refresh(&tokens.refresh).await);
    Tokens::of(&service.refresh(&next.refresh).await);
}
