//! A token endpoint with the form accepts, refuses and grants like FastAPI's, and is stricter in some cases.

use std::time::Duration;

use axum::{body::Body, routing::post};
use axum_scopes::login::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, TokenResponse};
use axum_scopes_tests::prelude::*;
use serde_json::{Value, json};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// Grants the scopes that are requested and allowed. The token repeats the name and password, so that a test can see them.
fn log_in(form: &OAuth2PasswordRequestForm) -> TokenResponse {
    let granted = form.grant::<Api>(&["me", "items", "undeclared"]);
    let token = TokenResponse::bearer(format!("{}:{}", form.username, form.password.as_str()));
    token.expires_in(Duration::from_secs(1800)).scope(&granted)
}

async fn lenient(form: OAuth2PasswordRequestForm) -> TokenResponse {
    log_in(&form)
}

async fn strict(form: OAuth2PasswordRequestFormStrict) -> TokenResponse {
    log_in(&form)
}

async fn send(path: &str, content_type: Option<&str>, body: impl Into<Body>) -> Answer {
    let app = App::new(Router::new().route("/token", post(lenient)).route("/strict", post(strict)));
    app.post(path).headers("content-type", content_type).body(body).await
}

/// The status and the body of the answer.
async fn answer(path: &str, body: impl Into<Body>) -> (u16, Value) {
    let answer = send(path, Some(URL_ENCODED), body).await;
    (answer.status(), answer.json())
}

fn token(text: &str, scope: &str) -> (u16, Value) {
    (200, json!({ "access_token": text, "token_type": "bearer", "expires_in": 1800, "scope": scope }))
}

fn missing(fields: &[&str]) -> (u16, Value) {
    let of =
        |field: &&str| json!({ "type": "missing", "loc": ["body", field], "msg": "Field required", "input": null });
    (422, json!({ "detail": fields.iter().map(of).collect::<Vec<_>>() }))
}

fn wrong_grant_type(sent: &str) -> (u16, Value) {
    let detail = json!([{
        "type": "string_pattern_mismatch",
        "loc": ["body", "grant_type"],
        "msg": "String should match pattern '^password$'",
        "input": sent,
        "ctx": { "pattern": "^password$" },
    }]);
    (422, json!({ "detail": detail }))
}

#[tokio::test]
async fn a_complete_form_is_answered_with_a_token() {
    let form = "grant_type=password&username=joe&password=pw&scope=me&client_id=c&client_secret=s&x=y";
    for path in ["/token", "/strict"] {
        assert_eq!(answer(path, form).await, token("joe:pw", "me"));
    }
    assert_eq!(answer("/token", "username=j%C3%B6+e&password=%26%3D").await, token("j\u{f6} e:&=", ""));
}

#[tokio::test]
async fn the_refusal_of_an_incomplete_form_names_the_missing_fields() {
    for (form, fields) in [
        ("username=joe", &["password"][..]),
        ("password=pw", &["username"]),
        ("", &["username", "password"]),
        ("&&==&=x", &["username", "password"]),
        ("username=&password=pw", &["username"]),
        ("username=joe&password=", &["password"]),
        ("username=joe&password", &["password"]),
        ("USERNAME=joe&Password=pw", &["username", "password"]),
        (r#"{"username":"joe","password":"pw"}"#, &["username", "password"]),
    ] {
        assert_eq!(answer("/token", form).await, missing(fields), "{form}");
    }
}

#[tokio::test]
async fn the_last_of_a_repeated_field_counts() {
    assert_eq!(answer("/token", "username=a&username=b&password=c&password=d").await, token("b:d", ""));
    assert_eq!(answer("/token", "username=a&password=b&password=").await, missing(&["password"]));
    assert_eq!(answer("/token", "username=a&password=b&scope=me&scope=items").await, token("a:b", "items"));
    let form = "username=a&password=b&grant_type=password&grant_type=x";
    assert_eq!(answer("/token", form).await, wrong_grant_type("x"));
}

#[tokio::test]
async fn another_grant_type_is_refused() {
    for sent in ["client_credentials", "Password", "password2", "passwor"] {
        let form = format!("username=a&password=b&grant_type={sent}");
        assert_eq!(answer("/token", form.clone()).await, wrong_grant_type(sent));
        assert_eq!(answer("/strict", form).await, wrong_grant_type(sent));
    }
    assert_eq!(answer("/token", "username=a&password=b&grant_type=").await.0, 200);
}

#[tokio::test]
async fn the_strict_form_requires_the_grant_type() {
    assert_eq!(answer("/strict", "username=a&password=b").await, missing(&["grant_type"]));
    assert_eq!(answer("/strict", "username=a&password=b&grant_type=").await, missing(&["grant_type"]));
    assert_eq!(answer("/strict", "").await, missing(&["grant_type", "username", "password"]));
}

#[tokio::test]
async fn a_huge_form_is_too_large() {
    let too_large = (413, json!({ "detail": "The form is too large" }));
    let fitting = format!("username=a&password={}", "x".repeat(16 * 1024 - 20));
    assert_eq!(answer("/token", fitting.clone()).await.0, 200);
    assert_eq!(answer("/token", fitting + "x").await, too_large);
    for huge in ["username=a&password=b&scope=".to_owned() + &"me+".repeat(1 << 20), "&".repeat(3 << 20)] {
        assert_eq!(answer("/token", huge).await, too_large);
    }
    // The limit also holds for a body without a length.
    let pieces = (0..1000).map(|_| Ok::<_, std::io::Error>("password=x&".repeat(1000)));
    let pieces = futures_util::stream::iter(pieces);
    assert_eq!(answer("/token", Body::from_stream(pieces)).await, too_large);
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_are_replaced() {
    assert_eq!(answer("/token", "username=%FF&password=%C3%28&scope=%FF+me").await, token("\u{fffd}:\u{fffd}(", "me"));
    assert_eq!(answer("/token", b"username=\xff&password=\x80".to_vec()).await, token("\u{fffd}:\u{fffd}", ""));
    assert_eq!(answer("/token", "username=%&password=%zz").await, token("%:%zz", ""));
    assert_eq!(answer("/token", b"\0\xff\xfe".to_vec()).await, missing(&["username", "password"]));
}

/// Documentation pages send an empty one together with the form.
#[tokio::test]
async fn an_authorization_header_is_ignored() {
    let app = App::new(Router::new().route("/token", post(lenient)));
    for value in ["Basic Og==", "Basic !", "Bearer x", ""] {
        let login = app.post("/token").header("authorization", value).encoded_form("username=a&password=b");
        assert_eq!(login.await.status(), 200, "{value}");
    }
}

#[tokio::test]
async fn only_scopes_that_are_requested_allowed_and_declared_are_granted() {
    for (asked, granted) in [
        ("", ""),
        ("me", "me"),
        ("items+me", "items me"),
        ("me+me+items+me", "me items"),
        ("++me++", "me"),
        ("nobody+me", "me"),
        ("ME", ""),
        ("%22me%22", ""),
    ] {
        let form = format!("username=a&password=b&scope={asked}");
        assert_eq!(answer("/token", form).await, token("a:b", granted), "{asked}");
    }
}

#[tokio::test]
async fn an_incomplete_form_is_refused_without_a_challenge() {
    let answer = send("/token", Some(URL_ENCODED), "").await;
    assert_eq!((answer.status(), answer.challenge()), (422, None));
}

// The following tests show where the library is stricter than FastAPI's tutorial. Each gives the reason.

/// FastAPI's tutorial grants every requested scope, and warns of it. Here, this user may not have `admin`, and no scheme
/// declares `undeclared`.
#[tokio::test]
async fn stricter_scopes_that_are_not_allowed_or_not_declared_are_not_granted() {
    let form = "username=a&password=b&scope=admin+me+undeclared";
    assert_eq!(answer("/token", form).await, token("a:b", "me"));
}

/// RFC 6749 §3.3 has no other separator than the space.
#[tokio::test]
async fn stricter_only_a_space_separates_scopes() {
    for separator in ["%09", "%0A", "%0D", "%C2%A0", "%E3%80%80", ",", "%2B"] {
        let form = format!("username=a&password=b&scope=me{separator}items");
        assert_eq!(answer("/token", form).await, token("a:b", ""), "{separator}");
    }
}

/// RFC 6749 §4.3.2 requires a URL-encoded form, and a second parser would be another target for attacks.
#[tokio::test]
async fn stricter_forms_are_url_encoded() {
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\na\r\n--x--\r\n";
    let url_encoded = "username=a&password=b";
    for (content_type, body) in [
        (Some("multipart/form-data; boundary=x"), multipart),
        (Some("multipart/form-data; boundary=x"), url_encoded),
        (Some("application/json"), r#"{"username":"a","password":"b"}"#),
        (Some("text/plain"), url_encoded),
        (Some("application/x-www-form-urlencoded2"), url_encoded),
        (Some(""), url_encoded),
        (None, url_encoded),
    ] {
        let answer = send("/token", content_type, body).await;
        assert_eq!((answer.status(), answer.json()), missing(&["username", "password"]), "{content_type:?}");
    }
    for content_type in ["Application/X-WWW-Form-Urlencoded", "application/x-www-form-urlencoded; charset=utf-8"] {
        assert_eq!(send("/token", Some(content_type), url_encoded).await.status(), 200, "{content_type}");
    }
}

/// RFC 6749 §5.1: a token must not be cached, and the response names the scopes if they differ from the requested ones.
#[tokio::test]
async fn stricter_a_token_response_is_not_stored_and_names_lifetime_and_scopes() {
    let answer = send("/token", Some(URL_ENCODED), "username=a&password=b&scope=me+admin").await;
    assert_eq!((answer.status(), answer.json()), token("a:b", "me"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("pragma"), Some("no-cache"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
}
