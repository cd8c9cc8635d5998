//! Logins, and how they end.

use axum_scopes_test_support::Answer;
use serde_json::json;

use super::{CLIENT_SECRET, Service, text};

#[tokio::test]
async fn a_token_opens_what_its_scopes_cover() {
    let service = Service::start().await;
    let (token, _) = service.johndoe("me items").await;
    let me = service.client.get("/users/me/").bearer(&token).await;
    assert_eq!((me.status(), text(&me, "username").as_str()), (200, "johndoe"));
    assert!(!me.text().contains("argon2"), "{me:?}");
    let items = service.client.get("/users/me/items/").bearer(&token).await;
    assert_eq!(items.text(), r#"[{"item_id":"Foo","owner":"user-johndoe"}]"#);
    let (less, _) = service.johndoe("me").await;
    let refused = service.client.get("/users/me/items/").bearer(&less).await;
    assert_eq!((refused.status(), text(&refused, "error").as_str()), (403, "insufficient_scope"));
    let refused = service.client.get("/reports/users").bearer(&token).await;
    assert_eq!(refused.status(), 403);
}

#[tokio::test]
async fn a_login_grants_what_the_user_may_have() {
    let service = Service::start().await;
    let answer = service.log_in("johndoe", "secret", "me reports admin").await;
    assert_eq!(text(&answer, "scope"), "me");
    for (name, password) in [("johndoe", "wrong"), ("nobody", "secret"), ("alice", "secretalice"), ("alice", "wrong")] {
        let answer = service.log_in(name, password, "me").await;
        assert_eq!((answer.status(), text(&answer, "error").as_str()), (400, "invalid_grant"), "{name}");
    }
}

#[tokio::test]
async fn a_refresh_goes_on_and_a_logout_ends_it() {
    let service = Service::start().await;
    let (token, first) = service.johndoe("me items").await;
    let answer = service.refresh(&first).await;
    let (next, second) = (text(&answer, "access_token"), text(&answer, "refresh_token"));
    assert_ne!(first, second);
    let call = async |token: &str| service.client.get("/users/me/items/").bearer(token).await.status();
    assert_eq!((call(&token).await, call(&next).await), (200, 200));
    assert_eq!(service.client.post("/users/me/logout").bearer(&next).await.status(), 204);
    assert_eq!((call(&token).await, call(&next).await), (401, 401));
    let refused = service.refresh(&second).await;
    assert_eq!((refused.status(), text(&refused, "error").as_str()), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_token_that_is_taken_back_is_refused() {
    let service = Service::start().await;
    let (token, refresh) = service.johndoe("me items").await;
    let revoke = async |token: &str| service.client.post("/revoke").form(&[("token", token)]).await.status();
    assert_eq!((revoke("unknown").await, revoke(&refresh).await, revoke(&refresh).await), (200, 200, 200));
    assert_eq!(service.client.get("/users/me/items/").bearer(&token).await.status(), 401);
    assert_eq!(service.refresh(&refresh).await.status(), 400);
}

async fn change(service: &Service, token: &str, current: &str, new: &str) -> Answer {
    let body = json!({"current": current, "new": new}).to_string();
    service.client.post("/users/me/password").bearer(token).header("content-type", "application/json").body(body).await
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions_and_all_personal_tokens() {
    let service = Service::start().await;
    let (mine, my_refresh) = service.johndoe("me items account").await;
    let (others, _) = service.johndoe("me items").await;
    let personal = make(&service, &mine, "items me").await;
    let call = async |token: &str| service.client.get("/users/me/items/").bearer(token).await.status();
    let by_personal =
        async || service.client.get("/users/me/items/").header("x-personal-token", &*personal).await.status();
    assert_eq!((call(&mine).await, call(&others).await, by_personal().await), (200, 200, 200));

    for (current, new) in [("wrong", "correct horse battery"), ("secret", "too short"), ("secret", &"x".repeat(2000))] {
        assert_eq!(change(&service, &mine, current, new).await.status(), 400, "{current}");
    }
    assert_eq!(call(&others).await, 200);
    assert_eq!(change(&service, &others, "secret", "correct horse battery").await.status(), 403);

    assert_eq!(change(&service, &mine, "secret", "correct horse battery").await.status(), 204);
    assert_eq!((call(&mine).await, call(&others).await, by_personal().await), (200, 401, 401));
    assert_eq!(service.refresh(&my_refresh).await.status(), 200);
    assert_eq!(service.log_in("johndoe", "secret", "me").await.status(), 400);
    assert_eq!(service.log_in("johndoe", "correct horse battery", "me").await.status(), 200);
}

/// Makes a personal token, and returns its secret.
async fn make(service: &Service, token: &str, scope: &str) -> String {
    let answer = asked(service, token, &json!({"name": "Backup", "scope": scope, "days": 30})).await;
    assert_eq!((answer.status(), answer.header("cache-control")), (201, Some("no-store")), "{answer:?}");
    text(&answer, "secret")
}

async fn asked(service: &Service, token: &str, wanted: &serde_json::Value) -> Answer {
    let call = service.client.post("/users/me/tokens/").bearer(token).header("content-type", "application/json");
    call.body(wanted.to_string()).await
}

#[tokio::test]
async fn a_personal_token_is_shown_once_and_reaches_less_than_a_login() {
    let service = Service::start().await;
    let (token, _) = service.johndoe("me items account").await;
    let secret = make(&service, &token, "items me").await;
    assert!(secret.starts_with("production_pat_"), "{secret}");
    let with = async |path: &str| service.client.get(path).header("x-personal-token", &*secret).await.status();
    assert_eq!((with("/users/me/items/").await, with("/users/me/").await), (200, 401));
    assert_eq!(service.client.get("/users/me/items/").bearer(&secret).await.status(), 401);

    let list = service.client.get("/users/me/tokens/").bearer(&token).await;
    assert!(!list.text().contains(&secret) && list.text().contains("Backup"), "{list:?}");
    let id = list.json()[0]["id"].as_str().unwrap().to_owned();
    let delete = |id: &str| {
        let path = format!("/users/me/tokens/{id}");
        service.client.call(axum::http::Method::DELETE, path).bearer(&token)
    };
    assert_eq!(
        (delete("none").await.status(), delete(&id).await.status(), delete(&id).await.status()),
        (404, 204, 404)
    );
    assert_eq!(with("/users/me/items/").await, 401);
}

#[tokio::test]
async fn a_personal_token_is_only_what_its_user_may_have() {
    let service = Service::start().await;
    let (token, _) = service.johndoe("account").await;
    for (name, scope, days) in [
        ("", "me", 1),
        ("a\nb", "me", 1),
        (&"x".repeat(101), "me", 1),
        ("a", "", 1),
        ("a", "me account", 1),
        ("a", "reports", 1),
        ("a", "me", 0),
        ("a", "me", 366),
    ] {
        let wanted = json!({"name": name, "scope": scope, "days": days});
        assert_eq!(asked(&service, &token, &wanted).await.status(), 400, "{wanted}");
    }
}

#[tokio::test]
async fn another_service_gets_tokens_for_itself() {
    let service = Service::start().await;
    let ask = async |secret: &str, scope: &str| {
        let fields = [("grant_type", "client_credentials"), ("scope", scope)];
        service.client.post("/token").basic("reports", secret).form(&fields).await
    };
    let answer = ask(CLIENT_SECRET, "reports").await;
    assert!(answer.json().get("refresh_token").is_none(), "{answer:?}");
    let token = text(&answer, "access_token");
    let report = service.client.get("/reports/users").bearer(&token).await;
    assert_eq!((report.status(), report.text()), (200, r#"{"users":2}"#));
    assert_eq!(service.client.get("/users/me/").bearer(&token).await.status(), 403);
    assert_eq!(text(&ask(CLIENT_SECRET, "reports items").await, "scope"), "reports");
    let refused = ask("wrong", "reports").await;
    assert_eq!((refused.status(), text(&refused, "error").as_str()), (401, "invalid_client"));
}
