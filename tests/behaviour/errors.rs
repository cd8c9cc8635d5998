//! The refusals of both styles, compared byte for byte.

use axum_scopes::scheme::ErrorStyle;
use axum_scopes_tests::prelude::*;

struct Rfc;

impl OAuth2Scheme for Rfc {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// Accepts every token except `bad`. A token is the list of granted scopes, joined by `+`.
#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AuthError> {
    if token.as_str() == "bad" {
        return Err(required.unauthorized("Could not validate credentials"));
    }
    required.check(&token.as_str().split('+').collect::<Vec<_>>())
}

#[security(scopes = ["me"])]
async fn active<S: OAuth2Scheme>(_: Depends<user<S>>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["items"])]
async fn fastapi(_: Depends<active<Api>>) {}

#[security(scopes = ["items"])]
async fn rfc6750(_: Depends<active<Rfc>>) {}

#[security]
async fn fastapi_without(_: Depends<user<Api>>) {}

#[security]
async fn rfc6750_without(_: Depends<user<Rfc>>) {}

fn app() -> App {
    App::new(
        Router::new()
            .route("/fastapi", get(fastapi))
            .route("/rfc6750", get(rfc6750))
            .route("/fastapi/without", get(fastapi_without))
            .route("/rfc6750/without", get(rfc6750_without)),
    )
}

/// The answer, which has to be JSON.
async fn answer(app: &App, path: &str, authorization: Option<&str>) -> Answer {
    let answer = app.get(path).headers("authorization", authorization).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    answer
}

#[tokio::test]
async fn each_style_has_its_own_refusals() {
    let (none, bad, weak) = (None, Some("Bearer bad"), Some("Bearer items"));
    for (path, token, status, challenge, body) in [
        ("/fastapi", none, 401, "Bearer", r#"{"detail":"Not authenticated"}"#),
        ("/fastapi", bad, 401, r#"Bearer scope="items me""#, r#"{"detail":"Could not validate credentials"}"#),
        ("/fastapi", weak, 401, r#"Bearer scope="items me""#, r#"{"detail":"Not enough permissions"}"#),
        ("/fastapi/without", none, 401, "Bearer", r#"{"detail":"Not authenticated"}"#),
        ("/fastapi/without", bad, 401, "Bearer", r#"{"detail":"Could not validate credentials"}"#),
        // RFC 6750 §3.1: no error code where there is no credential.
        ("/rfc6750", none, 401, r#"Bearer scope="items me""#, r#"{"detail":"Unauthorized"}"#),
        (
            "/rfc6750",
            bad,
            401,
            r#"Bearer error="invalid_token", scope="items me""#,
            r#"{"error":"invalid_token","error_description":"Could not validate credentials"}"#,
        ),
        (
            "/rfc6750",
            weak,
            403,
            r#"Bearer error="insufficient_scope", scope="items me""#,
            r#"{"error":"insufficient_scope","error_description":"Not enough permissions"}"#,
        ),
        ("/rfc6750/without", none, 401, "Bearer", r#"{"detail":"Unauthorized"}"#),
        (
            "/rfc6750/without",
            bad,
            401,
            r#"Bearer error="invalid_token""#,
            r#"{"error":"invalid_token","error_description":"Could not validate credentials"}"#,
        ),
    ] {
        assert_eq!(answer(&app(), path, token).await, (status, Some(challenge), body), "{path} {token:?}");
    }
}

#[security]
async fn refuses(Path(how): Path<String>) -> Result<(), AuthError> {
    Err(match how.as_str() {
        "bad_request" => AuthError::bad_request("Inactive user"),
        "unauthorized" => AuthError::unauthorized(format!("\"{how}\"")),
        "forbidden" => AuthError::forbidden("Not the owner"),
        "unavailable" => AuthError::unavailable(7),
        "too_many" => AuthError::too_many_requests(7),
        _ => AuthError::internal(),
    })
}

#[security]
async fn refused(_: Depends<refuses>) {}

#[tokio::test]
async fn the_refusal_of_a_dependency_is_the_answer() {
    let app = App::new(Router::new().route("/{how}", get(refused)));
    for (path, status, challenge, body) in [
        ("/bad_request", 400, None, r#"{"detail":"Inactive user"}"#),
        ("/unauthorized", 401, Some("Bearer"), r#"{"detail":"\"unauthorized\""}"#),
        ("/forbidden", 403, None, r#"{"detail":"Not the owner"}"#),
        ("/unavailable", 503, None, r#"{"detail":"Service Unavailable"}"#),
        ("/too_many", 429, None, r#"{"detail":"Too Many Requests"}"#),
        ("/internal", 500, None, r#"{"detail":"Internal Server Error"}"#),
    ] {
        assert_eq!(answer(&app, path, None).await, (status, challenge, body), "{path}");
    }
}

/// The response of another error type is left unchanged.
#[security]
async fn teapot() -> Result<(), (StatusCode, [(&'static str, &'static str); 1], &'static str)> {
    Err((StatusCode::IM_A_TEAPOT, [("x-pot", "short")], "stout"))
}

#[security]
async fn over_teapot(_: Depends<teapot>) {}

#[tokio::test]
async fn another_error_type_of_a_dependency_is_the_answer() {
    let answer = App::new(Router::new().route("/", get(over_teapot))).get("/").await;
    assert_eq!((answer.status(), answer.header("x-pot")), (418, Some("short")));
}
