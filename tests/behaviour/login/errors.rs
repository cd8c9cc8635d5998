//! Every error of RFC 6749 §5.2, and the refusals of requests that are malformed.

use axum::body::Body;

use super::service::{SECRET, Service, is_error};

#[tokio::test]
async fn every_error_of_rfc_6749() {
    let service = Service::new().await;
    let tokens = service.tokens("amy", "me").await;
    for (form, status, code) in [
        (&[("username", "amy"), ("password", "secret")][..], 400, "invalid_request"),
        (&[("grant_type", "client_credentials"), ("client_id", "nobody")], 401, "invalid_client"),
        (&[("grant_type", "password"), ("username", "amy"), ("password", "x")], 400, "invalid_grant"),
        (&[("grant_type", "client_credentials"), ("client_id", "app")], 400, "unauthorized_client"),
        (&[("grant_type", "authorization_code"), ("code", "x")], 400, "unsupported_grant_type"),
        (
            &[("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh), ("scope", "admin")],
            400,
            "invalid_scope",
        ),
    ] {
        is_error(&service.post(form).await, status, code);
    }
}

#[tokio::test]
async fn a_missing_parameter_is_named() {
    let service = Service::new().await;
    for (form, missing) in [
        (&[][..], "grant_type"),
        (&[("grant_type", "")], "grant_type"),
        (&[("grant_type", "password")], "username, password"),
        (&[("grant_type", "password"), ("username", "amy"), ("password", "")], "password"),
        (&[("grant_type", "refresh_token")], "refresh_token"),
        (&[("grant_type", "refresh_token"), ("refresh_token", "")], "refresh_token"),
    ] {
        let answer = service.post(form).await;
        is_error(&answer, 400, "invalid_request");
        assert_eq!(answer.json()["error_description"], format!("Missing parameter: {missing}"));
    }
}

#[tokio::test]
async fn a_repeated_parameter_is_refused() {
    let service = Service::new().await;
    for form in [
        "grant_type=password&username=amy&password=secret&password=secret",
        "grant_type=password&username=amy&password=secret&grant_type=password",
        "grant_type=password&username=amy&username=joe&password=secret",
        "grant_type=password&username=amy&password=secret&scope=me&scope=admin",
        "grant_type=refresh_token&refresh_token=x&refresh_token=y",
        "grant_type=client_credentials&client_id=reports&client_id=app",
        "grant_type=client_credentials&client_id=reports&client_secret=x&client_secret=y",
    ] {
        is_error(&service.app.post("/token").encoded_form(form).await, 400, "invalid_request");
    }
    is_error(&service.app.post("/revoke").encoded_form("token=x&token=y").await, 400, "invalid_request");
}

#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let service = Service::new().await;
    let form = "grant_type=password&username=amy&password=secret&foo=1&foo=2&resource=x";
    assert_eq!(service.app.post("/token").encoded_form(form).await.status(), 200);
}

#[tokio::test]
async fn only_a_form_in_the_body_counts() {
    let service = Service::new().await;
    let form = "grant_type=password&username=amy&password=secret";
    is_error(&service.app.post(format!("/token?{form}")).await, 400, "invalid_request");
    for content_type in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
        let call = service.app.post("/token").header("content-type", content_type).body(form);
        is_error(&call.await, 400, "invalid_request");
    }
    assert_eq!(service.app.get(format!("/token?{form}")).await.status(), 405);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused() {
    let service = Service::new().await;
    for path in ["/token", "/revoke"] {
        let huge = format!("grant_type=password&username=amy&password={}", "x".repeat(16 * 1024));
        is_error(&service.app.post(path).encoded_form(huge).await, 413, "invalid_request");
        let pieces = [Ok("grant_type=password"), Err(std::io::Error::other("gone"))];
        let broken = Body::from_stream(futures_util::stream::iter(pieces));
        is_error(&service.app.post(path).encoded_form(broken).await, 400, "invalid_request");
    }
    assert_eq!(service.outcomes(), []);
}

#[tokio::test]
async fn no_refusal_repeats_what_was_sent() {
    let service = Service::new().await;
    for form in [
        &[("grant_type", "hunter2")][..],
        &[("grant_type", "password"), ("username", "hunter2"), ("password", "hunter2"), ("scope", "hunter2")],
        &[("grant_type", "refresh_token"), ("refresh_token", "hunter2")],
        &[("grant_type", "client_credentials"), ("client_id", "hunter2"), ("client_secret", "hunter2")],
    ] {
        assert!(!format!("{:?}", service.post(form).await).contains("hunter2"));
    }
    let refused = service.post(&[("grant_type", "client_credentials")]).basic("reports", "hunter2").await;
    assert!(!format!("{refused:?}").contains("hunter2") && !format!("{refused:?}").contains(SECRET));
}
