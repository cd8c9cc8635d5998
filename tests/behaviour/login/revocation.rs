//! Revocation (RFC 7009): whose tokens are revoked, and what ends then.

use std::time::Duration;

use axum_scopes::{
    Scopes,
    login::{Outcome, PersonalTokens, store::MemoryStore},
};

use super::service::{OTHER_SECRET, SECRET, Service, Tokens, is_error};

#[tokio::test]
async fn a_revoked_refresh_token_ends_its_session() {
    let service = Service::new().await;
    let first = service.tokens("amy", "me").await;
    let second = Tokens::of(&service.refresh(&first.refresh).await);
    let other = service.tokens("amy", "me").await;
    service.outcomes();
    // Also one that was used.
    let answer = service.revoke(&first.refresh).await;
    assert_eq!((answer.status(), answer.text()), (200, ""));
    assert_eq!(service.outcomes(), [Outcome::SessionEnded]);
    is_error(&service.refresh(&second.refresh).await, 400, "invalid_grant");
    for access in [&first.access, &second.access] {
        assert_eq!(service.me(access).await.status(), 401);
    }
    assert_eq!(service.me(&other.access).await.status(), 200);
}

#[tokio::test]
async fn a_revoked_access_token_ends_its_session() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    assert_eq!(service.revoke(&tokens.access).await.status(), 200);
    assert_eq!(service.me(&tokens.access).await.status(), 401);
    is_error(&service.refresh(&tokens.refresh).await, 400, "invalid_grant");
}

#[tokio::test]
async fn a_token_of_a_client_for_itself_can_be_revoked() {
    let service = Service::new().await;
    let form = [("grant_type", "client_credentials"), ("scope", "items")];
    let (kept, revoked) = (
        Tokens::of(&service.post(&form).basic("reports", SECRET).await),
        Tokens::of(&service.post(&form).basic("reports", SECRET).await),
    );
    let revoke = service.app.post("/revoke").basic("reports", SECRET).form(&[("token", &revoked.access)]);
    assert_eq!(revoke.await.status(), 200);
    assert_eq!(service.me(&revoked.access).await.status(), 401);
    // It is valid, and lacks the scope.
    assert_eq!(service.me(&kept.access).await.json()["error"], "insufficient_scope");
}

#[tokio::test]
async fn an_unknown_token_is_answered_like_a_known_one() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    let known = service.revoke(&tokens.refresh).await;
    service.outcomes();
    let forged = format!("{}x", tokens.access);
    for token in ["x", &"A".repeat(43), &tokens.refresh, &tokens.access, &forged, "a.b.c", "\0", "ghp_x"] {
        assert_eq!(service.revoke(token).await, known, "{token}");
    }
}

#[tokio::test]
async fn the_hint_is_only_a_hint() {
    let service = Service::new().await;
    for hint in ["access_token", "refresh_token", "nonsense", ""] {
        let tokens = service.tokens("amy", "me").await;
        let form = [("token", tokens.refresh.as_str()), ("token_type_hint", hint)];
        assert_eq!(service.app.post("/revoke").form(&form).await.status(), 200);
        is_error(&service.refresh(&tokens.refresh).await, 400, "invalid_grant");
        let tokens = service.tokens("amy", "me").await;
        let form = [("token", tokens.access.as_str()), ("token_type_hint", hint)];
        assert_eq!(service.app.post("/revoke").form(&form).await.status(), 200);
        assert_eq!(service.me(&tokens.access).await.status(), 401);
    }
}

#[tokio::test]
async fn a_client_revokes_its_own_tokens_only() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    for token in [&tokens.refresh, &tokens.access] {
        let call = service.app.post("/revoke").basic("portal", OTHER_SECRET).form(&[("token", token)]);
        is_error(&call.await, 400, "invalid_grant");
        let call = service.app.post("/revoke").basic("portal", SECRET).form(&[("token", token)]);
        is_error(&call.await, 401, "invalid_client");
    }
    assert_eq!(service.me(&tokens.access).await.status(), 200);
    Tokens::of(&service.refresh(&tokens.refresh).await);
}

#[tokio::test]
async fn a_request_without_a_token_is_malformed() {
    let service = Service::new().await;
    for form in [&[][..], &[("token", "")], &[("token_type_hint", "refresh_token")]] {
        is_error(&service.app.post("/revoke").form(form).await, 400, "invalid_request");
    }
}

#[tokio::test]
async fn a_revoked_personal_token_is_deleted() {
    let personal = PersonalTokens::new(MemoryStore::default(), "acme_");
    let service = Service::with(|server, _| server.personal_tokens(personal.clone())).await;
    let lifetime = Some(Duration::from_secs(60));
    let made = service.server.create_personal_token("1", "script", &Scopes::from("items"), lifetime).await.unwrap();
    let unknown = service.revoke(&made.secret().to_uppercase()).await;
    assert_eq!(personal.list("1").await.unwrap().len(), 1);
    // By any client, because it was issued to none.
    let call = service.app.post("/revoke").basic("portal", OTHER_SECRET).form(&[("token", made.secret())]);
    assert_eq!(call.await, unknown);
    assert_eq!(personal.list("1").await.unwrap(), []);
    let again = service.server.create_personal_token("1", "script", &Scopes::from("items"), None).await.unwrap();
    assert!(!service.server.delete_personal_token("2", &again.token().id).await.unwrap());
    assert!(service.server.delete_personal_token("1", &again.token().id).await.unwrap());
    let told = [
        Outcome::PersonalTokenCreated,
        Outcome::NothingRevoked,
        Outcome::PersonalTokenDeleted,
        Outcome::PersonalTokenCreated,
        Outcome::NothingRevoked,
        Outcome::PersonalTokenDeleted,
    ];
    assert_eq!(service.outcomes(), told);
}
