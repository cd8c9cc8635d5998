//! Clients: how they authenticate, and what they get for themselves.

use axum_scopes::login::{Client, Outcome};

use super::service::{OTHER_SECRET, SECRET, Service, Tokens, claims, is_error};

const FOR_ITSELF: (&str, &str) = ("grant_type", "client_credentials");

#[tokio::test]
async fn a_confidential_client_gets_a_token_for_itself_without_a_refresh_token() {
    let service = Service::new().await;
    let answer = service.post(&[FOR_ITSELF, ("scope", "items me admin orders:7")]).basic("reports", SECRET).await;
    let tokens = Tokens::of(&answer);
    assert_eq!((answer.json().get("refresh_token"), tokens.scope.as_str()), (None, "items orders:7"));
    let claims = claims(&tokens.access);
    assert_eq!((&claims["sub"], &claims["client_id"]), (&"client_id:reports".into(), &"reports".into()));
    assert!(claims["sid"].is_string());
    assert_eq!(service.outcomes(), [Outcome::ClientToken]);
}

#[tokio::test]
async fn the_credentials_of_a_client_may_be_in_the_header_or_in_the_form() {
    let service = Service::new().await;
    let in_form = [FOR_ITSELF, ("client_id", "reports"), ("client_secret", SECRET)];
    Tokens::of(&service.post(&in_form).await);
    Tokens::of(&service.post(&[FOR_ITSELF]).basic("reports", SECRET).await);
    Tokens::of(&service.post(&[FOR_ITSELF, ("client_id", "reports")]).basic("reports", SECRET).await);
}

#[tokio::test]
async fn two_ways_of_authentication_are_refused() {
    let service = Service::new().await;
    for form in [
        &[FOR_ITSELF, ("client_secret", SECRET)][..],
        &[FOR_ITSELF, ("client_id", "reports"), ("client_secret", SECRET)],
        &[FOR_ITSELF, ("client_id", "portal")],
    ] {
        is_error(&service.post(form).basic("reports", SECRET).await, 400, "invalid_request");
    }
    is_error(&service.post(&[FOR_ITSELF, ("client_secret", SECRET)]).await, 400, "invalid_request");
    let twice = service.post(&[FOR_ITSELF]).basic("reports", SECRET).basic("reports", SECRET);
    is_error(&twice.await, 400, "invalid_request");
}

/// Whoever sends it would be taken for the service's own client, and whoever stands in front of the service may have let the request
/// through because of the header.
#[tokio::test]
async fn a_header_that_cannot_be_read_is_not_ignored() {
    let service = Service::new().await;
    let in_form = [FOR_ITSELF, ("client_id", "reports"), ("client_secret", SECRET)];
    let of_user = |password| [("grant_type", "password"), ("username", "amy"), ("password", password)];
    for header in ["\u{e9}", "Basic \u{e9}", "\u{e9} x", "Bearer x", "Digest x", "Basic !"] {
        for form in [&in_form[..], &of_user("wrong"), &of_user("secret")] {
            let refused = service.post(form).header("authorization", header).await;
            is_error(&refused, 401, "invalid_client");
        }
    }
}

#[tokio::test]
async fn basic_credentials_are_encoded_as_in_forms() {
    let service = Service::new().await;
    Tokens::of(&service.post(&[FOR_ITSELF]).basic("a+b%3A%2B", OTHER_SECRET).await);
    Tokens::of(&service.post(&[FOR_ITSELF]).basic("%61%20b%3a%2B", OTHER_SECRET).await);
    for id in ["a b:+", "a+b%3A+", "a+b%253A%252B"] {
        is_error(&service.post(&[FOR_ITSELF]).basic(id, OTHER_SECRET).await, 401, "invalid_client");
    }
}

#[tokio::test]
async fn all_who_fail_to_authenticate_get_one_answer() {
    let service = Service::new().await;
    let wrong = service.post(&[FOR_ITSELF]).basic("reports", OTHER_SECRET).await;
    is_error(&wrong, 401, "invalid_client");
    assert_eq!(wrong.challenge(), Some("Basic"));
    for (id, secret) in
        [("nobody", SECRET), ("reports", ""), ("app", SECRET), ("ui", SECRET), ("", SECRET), ("reports", "x")]
    {
        assert_eq!(service.post(&[FOR_ITSELF]).basic(id, secret).await, wrong, "{id}");
    }
    for (id, secret) in
        [("reports", OTHER_SECRET), ("nobody", SECRET), ("reports", ""), ("REPORTS", SECRET), ("r\0", SECRET)]
    {
        let form = [FOR_ITSELF, ("client_id", id), ("client_secret", secret)];
        assert_eq!(service.post(&form).await, wrong, "{id}");
    }
    for header in ["Basic", "Basic !", "Basic cmVwb3J0cw==", "Bearer x", "Digest x", "\u{e9}", "Basic /////w=="] {
        assert_eq!(service.post(&[FOR_ITSELF]).header("authorization", header).await, wrong, "{header}");
    }
    assert_eq!(service.post(&[FOR_ITSELF]).await, wrong);
    assert_eq!(service.outcomes(), [Outcome::ClientRefused; 20]);
}

#[tokio::test]
async fn an_empty_header_of_a_documentation_page_is_no_authentication() {
    let service = Service::new().await;
    let form = [
        ("grant_type", "password"),
        ("username", "amy"),
        ("password", "secret"),
        ("client_id", ""),
        ("client_secret", ""),
    ];
    Tokens::of(&service.post(&form).basic("", "").await);
    Tokens::of(&service.post(&form).header("authorization", "").await);
    // One that names a client, or has a secret, is not empty.
    for (id, secret) in [("", SECRET), ("nobody", "")] {
        is_error(&service.post(&form).basic(id, secret).await, 401, "invalid_client");
    }
}

#[tokio::test]
async fn a_client_may_use_only_its_grants() {
    let service = Service::new().await;
    let password = [("grant_type", "password"), ("username", "amy"), ("password", "secret")];
    is_error(&service.post(&password).basic("reports", SECRET).await, 400, "unauthorized_client");
    Tokens::of(&service.post(&password).basic("portal", OTHER_SECRET).await);
    for public in ["app", "ui", "kiosk"] {
        is_error(&service.post(&[FOR_ITSELF, ("client_id", public)]).await, 400, "unauthorized_client");
    }
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", "kiosk")];
    is_error(&service.post(&refresh).await, 400, "unauthorized_client");
}

#[tokio::test]
async fn a_refresh_token_of_a_confidential_client_needs_its_secret() {
    let service = Service::new().await;
    let password = [("grant_type", "password"), ("username", "amy"), ("password", "secret")];
    let tokens = Tokens::of(&service.post(&password).basic("portal", OTHER_SECRET).await);
    is_error(&service.refresh(&tokens.refresh).await, 400, "invalid_grant");
    is_error(&service.refresh_with(&tokens.refresh, &[("client_id", "portal")]).await, 401, "invalid_client");
    let form = [("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)];
    Tokens::of(&service.post(&form).basic("portal", OTHER_SECRET).await);
}

#[tokio::test]
async fn a_listed_client_takes_the_place_of_the_services_own() {
    let list = [Client::confidential("ui", SECRET).unwrap()];
    let service = Service::with(|server, _| server.clients(list)).await;
    is_error(&service.log_in("amy", "secret", "me").await, 401, "invalid_client");
    let service = Service::with(|server, _| server.own_client("web")).await;
    assert_eq!(claims(&service.tokens("amy", "me").await.access)["client_id"], "web");
    is_error(
        &service
            .post(&[("grant_type", "password"), ("username", "amy"), ("password", "secret"), ("client_id", "ui")])
            .await,
        401,
        "invalid_client",
    );
}

#[test]
fn a_client_does_not_show_its_secret() {
    let client = Client::confidential("reports", SECRET).unwrap();
    let digest = format!("{:?}", Client::digest_of(SECRET));
    assert!(!format!("{client:?}").contains(&digest[1..20]) && !format!("{client:?}").contains(SECRET), "{client:?}");
}
