//! The refresh grant: rotation, reuse, and what a refresh token is worth at most.

use axum_scopes::{Scopes, login::Outcome};

use super::service::{SECRET, Service, Tokens, claims, is_error};

#[tokio::test]
async fn a_refresh_token_gets_the_next_one_and_an_access_token_of_the_same_session() {
    let service = Service::new().await;
    let first = service.tokens("amy", "me items").await;
    let second = Tokens::of(&service.refresh(&first.refresh).await);
    assert!(first.refresh != second.refresh && first.access != second.access);
    assert_eq!(second.scope, "me items");
    assert_eq!(claims(&first.access)["sid"], claims(&second.access)["sid"]);
    assert_ne!(claims(&first.access)["jti"], claims(&second.access)["jti"]);
    assert_eq!(service.me(&second.access).await.text(), "1 ui [me items]");
    Tokens::of(&service.refresh(&second.refresh).await);
    assert_eq!(service.outcomes(), [Outcome::LoggedIn, Outcome::Refreshed, Outcome::Refreshed]);
}

#[tokio::test]
async fn a_retry_after_a_lost_answer_gets_the_same_successor() {
    let service = Service::new().await;
    let first = service.tokens("amy", "me").await;
    let answers = futures_util::future::join_all((0..8).map(|_| service.refresh(&first.refresh))).await;
    let successors: Vec<_> = answers.iter().map(|answer| Tokens::of(answer).refresh).collect();
    assert!(successors.iter().all(|token| *token == successors[0]), "{successors:?}");
    Tokens::of(&service.refresh(&successors[0]).await);
}

#[tokio::test]
async fn reuse_ends_the_session() {
    let service = Service::new().await;
    let first = service.tokens("amy", "me").await;
    let second = Tokens::of(&service.refresh(&first.refresh).await);
    let third = Tokens::of(&service.refresh(&second.refresh).await);
    service.outcomes();
    is_error(&service.refresh(&first.refresh).await, 400, "invalid_grant");
    assert_eq!(service.outcomes(), [Outcome::RefreshReused]);
    is_error(&service.refresh(&third.refresh).await, 400, "invalid_grant");
    for access in [first.access, second.access, third.access] {
        assert_eq!(service.me(&access).await.status(), 401);
    }
}

#[tokio::test]
async fn scopes_may_shrink_for_one_refresh_and_never_grow() {
    let service = Service::new().await;
    let first = service.tokens("amy", "me items").await;
    let less = Tokens::of(&service.refresh_with(&first.refresh, &[("scope", "me")]).await);
    assert_eq!((less.scope.as_str(), claims(&less.access)["scope"].as_str()), ("me", Some("me")));
    // RFC 6749 §6: the next refresh token has the scope of the first.
    let more = Tokens::of(&service.refresh(&less.refresh).await);
    assert_eq!(more.scope, "me items");
    for asked in ["admin", "me items admin", "orders:7", "nonsense", "me\titems"] {
        is_error(&service.refresh_with(&more.refresh, &[("scope", asked)]).await, 400, "invalid_scope");
    }
    // None of them has used the token.
    assert_eq!(service.store.used(), 2);
    Tokens::of(&service.refresh(&more.refresh).await);
}

#[tokio::test]
async fn a_scope_that_another_one_includes_may_be_asked_for() {
    let service = Service::new().await;
    let tokens = service.tokens("joe", "admin").await;
    assert_eq!(Tokens::of(&service.refresh_with(&tokens.refresh, &[("scope", "items")]).await).scope, "items");
}

#[tokio::test]
async fn scopes_shrink_to_what_the_account_may_still_have() {
    let service = Service::new().await;
    let first = service.tokens("amy", "me items").await;
    service.users.change("amy", |amy| amy.scopes = Scopes::from("items admin"));
    let second = Tokens::of(&service.refresh(&first.refresh).await);
    assert_eq!(second.scope, "items");
    service.users.change("amy", |amy| amy.scopes = Scopes::from("me items admin"));
    assert_eq!(Tokens::of(&service.refresh(&second.refresh).await).scope, "me items");
}

#[tokio::test]
async fn the_session_of_a_disabled_account_ends_at_its_refresh() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    service.users.change("amy", |amy| amy.disabled = true);
    service.outcomes();
    is_error(&service.refresh(&tokens.refresh).await, 400, "invalid_grant");
    assert_eq!(service.outcomes(), [Outcome::Disabled]);
    assert_eq!(service.me(&tokens.access).await.status(), 401);
    service.users.change("amy", |amy| amy.disabled = false);
    is_error(&service.refresh(&tokens.refresh).await, 400, "invalid_grant");
}

#[tokio::test]
async fn another_client_cannot_use_a_refresh_token_nor_use_it_up() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    is_error(&service.refresh_with(&tokens.refresh, &[("client_id", "app")]).await, 400, "invalid_grant");
    let reports = service.post(&[("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)]);
    is_error(&reports.basic("reports", SECRET).await, 400, "unauthorized_client");
    assert_eq!(service.store.used(), 0);
    Tokens::of(&service.refresh_with(&tokens.refresh, &[("client_id", "ui")]).await);
    assert_eq!(service.outcomes()[1..], [Outcome::RefreshRefused, Outcome::RequestRefused, Outcome::Refreshed]);
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    let shortened = &tokens.refresh[1..];
    for token in
        ["x", "null", &tokens.access, shortened, &format!("{}=", tokens.refresh), &"A".repeat(43), &"x".repeat(9000)]
    {
        is_error(&service.refresh(token).await, 400, "invalid_grant");
    }
    for token in [format!(" {}", tokens.refresh), tokens.refresh.to_lowercase()] {
        is_error(&service.refresh(&token).await, 400, "invalid_grant");
    }
    Tokens::of(&service.refresh(&tokens.refresh).await);
}
