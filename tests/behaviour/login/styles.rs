//! In the style of FastAPI, the password grant is answered as its tutorial answers, and all else as RFC 6749 §5.2 says.

use serde_json::{Value, json};

use super::service::{SECRET, Service, Tokens, Tutorial, is_error};

async fn service() -> Service<Tutorial> {
    Service::<Tutorial>::of(|server, _| server).await
}

fn missing(field: &str) -> Value {
    json!({ "type": "missing", "loc": ["body", field], "msg": "Field required", "input": null })
}

#[tokio::test]
async fn a_form_without_grant_type_is_one_for_the_password_grant() {
    let service = service().await;
    Tokens::of(&service.post(&[("username", "amy"), ("password", "secret")]).await);
    Tokens::of(&service.post(&[("grant_type", ""), ("username", "amy"), ("password", "secret")]).await);
}

#[tokio::test]
async fn the_password_grant_is_refused_as_in_the_tutorial() {
    let service = service().await;
    for (form, status, detail) in [
        (&[][..], 422, json!([missing("username"), missing("password")])),
        (&[("grant_type", "password"), ("username", "amy")], 422, json!([missing("password")])),
        (&[("username", "amy"), ("password", "x")], 400, json!("Incorrect username or password")),
        (&[("username", "nobody"), ("password", "x")], 400, json!("Incorrect username or password")),
    ] {
        let answer = service.post(form).await;
        assert_eq!((answer.status(), answer.json()), (status, json!({ "detail": detail })));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    service.users.down.set(true);
    let answer = service.log_in("amy", "secret", "me").await;
    assert_eq!((answer.status(), answer.json()), (503, json!({ "detail": "Service Unavailable" })));
}

#[tokio::test]
async fn all_other_refusals_have_the_form_of_rfc_6749() {
    let service = service().await;
    is_error(&service.refresh("x").await, 400, "invalid_grant");
    is_error(&service.log_in("amy", "secret", &"me ".repeat(3000)).await, 400, "invalid_scope");
    is_error(&service.post(&[("grant_type", "refresh_token")]).await, 400, "invalid_request");
    is_error(&service.post(&[("grant_type", "code")]).await, 400, "unsupported_grant_type");
    is_error(&service.post(&[("grant_type", "client_credentials")]).await, 401, "invalid_client");
    let password = [("username", "amy"), ("password", "secret")];
    is_error(&service.post(&password).basic("nobody", SECRET).await, 401, "invalid_client");
    is_error(&service.post(&password).basic("reports", SECRET).await, 400, "unauthorized_client");
    is_error(
        &service.app.post("/token").encoded_form("username=a&username=b&password=c").await,
        400,
        "invalid_request",
    );
    is_error(&service.app.post("/revoke").form(&[]).await, 400, "invalid_request");
    service.users.down.set(true);
    service.store.down.set(true);
    is_error(&service.refresh(&"A".repeat(43)).await, 503, "temporarily_unavailable");
}
