//! A login is refused with the codes of RFC 6749 §5.2, by the form and by the service.

use axum::{body::Body, routing::post};
use axum_scopes::login::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, TokenResponse};

use super::*;
use crate::answers::Expected;

async fn lenient<S: OAuth2Scheme>(form: OAuth2PasswordRequestForm<S>) -> Result<TokenResponse, AuthError> {
    if form.password.as_str() != "secret" {
        return Err(AuthError::invalid_grant("Incorrect username or password"));
    }
    Ok(TokenResponse::bearer(form.username.clone()).scope(&form.grant(&["me", "items", "undeclared"])))
}

async fn strict<S: OAuth2Scheme>(
    OAuth2PasswordRequestFormStrict(form): OAuth2PasswordRequestFormStrict<S>,
) -> Result<TokenResponse, AuthError> {
    lenient(form).await
}

fn app<S: OAuth2Scheme>() -> App {
    App::new(Router::new().route("/lenient", post(lenient::<S>)).route("/strict", post(strict::<S>)))
}

/// The answer, which must not be stored (RFC 6749 §5).
async fn log_in(app: &App, path: &str, fields: impl Into<Body>) -> Answer {
    let answer = app.post(path).encoded_form(fields).await;
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), (Some("no-store"), Some("no-cache")));
    json(answer)
}

fn bad(error: &str, description: &str) -> Expected {
    (400, None, body(error, description))
}

#[tokio::test]
async fn a_form_is_refused_by_the_codes_of_the_rfc() {
    let unsupported = bad("unsupported_grant_type", "The only grant type here is `password`");
    let missing = |fields: &str| bad("invalid_request", &format!("Missing parameter: {fields}"));
    let repeated = |field: &str| bad("invalid_request", &format!("Repeated parameter: {field}"));
    let wrong = bad("invalid_grant", "Incorrect username or password");
    let app = app::<Bare>();
    for (fields, expected) in [
        ("grant_type=password&username=joe&password=wrong", wrong.clone()),
        ("grant_type=password&username=joe", missing("password")),
        ("grant_type=password", missing("username, password")),
        ("grant_type=password&username=&password=x", missing("username")),
        ("grant_type=client_credentials&username=a&password=b", unsupported.clone()),
        ("grant_type=Password&username=a&password=b", unsupported.clone()),
        ("grant_type=%22%5C%0A&username=a&password=b", unsupported),
        ("grant_type=x&username=a", missing("password")),
        ("grant_type=password&username=a&username=a&password=secret", repeated("username")),
        ("grant_type=password&username=a&password=secret&password=x", repeated("password")),
        ("grant_type=password&username=a&password=secret&scope=me&scope=items", repeated("scope")),
        ("grant_type=password&grant_type=password&username=a&password=secret", repeated("grant_type")),
        ("grant_type=password&username=a&password=secret&client_id=&client_id=", repeated("client_id")),
        ("grant_type=password&username=a&password=secret&client_secret=a&client_secret=a", repeated("client_secret")),
    ] {
        assert_eq!(log_in(&app, "/strict", fields).await, expected, "{fields}");
        assert_eq!(log_in(&app, "/lenient", fields).await, expected, "{fields}");
    }
    assert_eq!(log_in(&app, "/strict", "username=joe&password=secret").await, missing("grant_type"));
    assert_eq!(log_in(&app, "/strict", "").await, missing("grant_type, username, password"));
    let token = r#"{"access_token":"joe","token_type":"bearer","scope":"items me"}"#;
    for (path, fields) in [
        ("/lenient", "username=joe&password=secret&scope=items+me+undeclared+x&x=1&x=2"),
        ("/strict", "grant_type=password&username=joe&password=secret&scope=items+me+undeclared+x"),
    ] {
        assert_eq!(log_in(&app, path, fields).await, (200, None, token), "{path}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_form_are_refused_in_the_same_way() {
    let app = app::<Bare>();
    let large = log_in(&app, "/strict", "x".repeat(20_000)).await;
    assert_eq!(large, (413, None, body("invalid_request", "The form is too large")));
    let pieces = [Ok("username=a&password=b"), Err(std::io::Error::other("gone"))];
    let broken = Body::from_stream(futures_util::stream::iter(pieces));
    let broken = log_in(&app, "/strict", broken).await;
    assert_eq!(broken, bad("invalid_request", "There was an error parsing the body"));
    let no_form = app.post("/lenient").header("content-type", "application/json");
    let no_form = json(no_form.body(r#"{"username":"a","password":"b"}"#).await);
    assert_eq!(no_form, bad("invalid_request", "Missing parameter: username, password"));
}

/// A form in FastAPI's style refuses as FastAPI does, with or without a scheme. Its refusals can be stored, as FastAPI's can.
#[tokio::test]
async fn a_form_of_a_scheme_in_fastapis_style_refuses_in_that_style() {
    async fn without(form: OAuth2PasswordRequestForm) -> String {
        form.username
    }
    let (with, without) = (app::<Api>(), App::new(Router::new().route("/lenient", post(without))));
    for fields in ["", "username=a", "grant_type=x&username=a&password=secret"] {
        let answer = with.post("/lenient").encoded_form(fields).await;
        assert_eq!(answer, without.post("/lenient").encoded_form(fields).await, "{fields}");
        assert_eq!((answer.status(), answer.header("cache-control")), (422, None), "{fields}");
    }
    let twice = with.post("/lenient").encoded_form("username=a&username=joe&password=secret").await;
    assert_eq!(twice.text(), r#"{"access_token":"joe","token_type":"bearer","scope":""}"#);
}

#[tokio::test]
async fn the_services_own_refusals_have_the_codes_of_the_rfc() {
    type Refuse = fn(&'static str) -> AuthError;
    let refusals: [(&str, Refuse); 6] = [
        ("invalid_request", |why| AuthError::invalid_request(why)),
        ("invalid_client", |why| AuthError::invalid_client(why)),
        ("invalid_grant", |why| AuthError::invalid_grant(why)),
        ("unauthorized_client", |why| AuthError::unauthorized_client(why)),
        ("unsupported_grant_type", |why| AuthError::unsupported_grant_type(why)),
        ("invalid_scope", |why| AuthError::invalid_scope(why)),
    ];
    for (code, refuse) in refusals {
        // The codes do not depend on the style of the service, even if the refusal names a style.
        for error in [
            refuse("why \"not\""),
            refuse("why \"not\"").in_style_of::<Bearer<Api>>(),
            refuse("why \"not\"").in_style_of::<Bearer<Full>>(),
        ] {
            let app = App::new(Router::new().route("/", post(async move || error)));
            let (status, challenge) =
                if code == "invalid_client" { (401, Some("Basic".to_owned())) } else { (400, None) };
            assert_eq!(log_in(&app, "/", "").await, (status, challenge, body(code, "why 'not'")));
        }
    }
}
