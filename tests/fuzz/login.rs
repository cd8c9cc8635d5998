//! A target that sends password forms and HTTP Basic credentials. Another decoder has to read the same values.

use std::sync::LazyLock;

use axum::{
    Router,
    http::HeaderValue,
    routing::{get, post},
};
use axum_scopes::{
    Flows, HttpBasic, HttpBasicScheme, OAuth2Scheme,
    login::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict},
    scheme::ErrorStyle,
};
use axum_scopes_test_support::App;
use data_encoding::BASE64;

use crate::{form, service::answer};

struct Styled;

impl OAuth2Scheme for Styled {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

struct Staff;

impl HttpBasicScheme for Staff {}

/// All values that were read, in a form that no input can imitate.
fn seen(parts: &[Option<&str>]) -> String {
    format!("{parts:?}")
}

async fn plain(form: OAuth2PasswordRequestForm) -> String {
    let secret = form.client_secret.as_ref().map(|secret| secret.as_str());
    let (name, password, scopes) = (form.username.as_str(), form.password.as_str(), form.scopes.as_str());
    seen(&[Some(name), Some(password), Some(scopes), form.client_id.as_deref(), secret])
}

async fn strict(OAuth2PasswordRequestFormStrict(form): OAuth2PasswordRequestFormStrict) -> String {
    plain(form).await
}

async fn styled(form: OAuth2PasswordRequestForm<Styled>) -> String {
    let secret = form.client_secret.as_ref().map(|secret| secret.as_str());
    let (name, password, scopes) = (form.username.as_str(), form.password.as_str(), form.scopes.as_str());
    seen(&[Some(name), Some(password), Some(scopes), form.client_id.as_deref(), secret])
}

async fn basic(HttpBasic(credentials): HttpBasic<Staff>) -> String {
    seen(&[Some(&credentials.username), Some(credentials.password.as_str())])
}

static APP: LazyLock<App> = LazyLock::new(|| {
    App::new(
        Router::new()
            .route("/plain", post(plain))
            .route("/strict", post(strict))
            .route("/styled", post(styled))
            .route("/basic", get(basic)),
    )
});

/// The first byte chooses how the rest is sent: as a form to one of three routes, as a header, or encoded in a header.
pub fn login(data: &[u8]) {
    let [how, rest @ ..] = data else { return };
    match how % 5 {
        0 => form_agrees("/plain", rest),
        1 => form_agrees("/strict", rest),
        2 => form_agrees("/styled", rest),
        3 => basic_agrees(rest),
        _ => basic_agrees(&[b"Basic ", BASE64.encode(rest).as_bytes()].concat()),
    }
}

fn form_agrees(path: &'static str, body: &[u8]) {
    let answer = answer(APP.post(path).encoded_form(body.to_vec()));
    let refusals: &[u16] = if path == "/styled" { &[400, 413] } else { &[413, 422] };
    match expected_form(path, body) {
        Some(expected) if body.len() <= 16 * 1024 => {
            assert_eq!((answer.status(), answer.text()), (200, expected.as_str()))
        }
        _ => assert!(refusals.contains(&answer.status()), "{answer:?}"),
    }
}

/// The values that the handler has to see, or `None` if the form has to be refused.
fn expected_form(path: &str, body: &[u8]) -> Option<String> {
    let fields = form::fields(body);
    let all =
        |name: &'static str| fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
    let last = |name| all(name).next_back().filter(|value| !value.is_empty());
    let known = ["grant_type", "username", "password", "scope", "client_id", "client_secret"];
    if path == "/styled" && known.iter().any(|name| all(name).count() > 1) {
        return None;
    }
    let needs_grant_type = path == "/strict";
    if last("grant_type").map_or(needs_grant_type, |grant_type| grant_type != "password") {
        return None;
    }
    let mut scopes: Vec<&str> = Vec::new();
    for scope in last("scope").unwrap_or_default().split(' ') {
        if !scope.is_empty() && !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let scopes = scopes.join(" ");
    let (username, password) = (last("username")?, last("password")?);
    Some(seen(&[Some(username), Some(password), Some(&scopes), last("client_id"), last("client_secret")]))
}

fn basic_agrees(value: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(value) else { return };
    let expected = expected_basic(value.as_bytes());
    let answer = answer(APP.get("/basic").header("authorization", value));
    match expected {
        Some(expected) => assert_eq!((answer.status(), answer.text()), (200, expected.as_str())),
        None => {
            assert_eq!(answer.status(), 401);
            assert!(answer.challenge().is_some_and(|challenge| challenge.starts_with("Basic")));
            assert!(answer.text().len() < 100, "{answer:?}");
        }
    }
}

/// Decodes credentials by RFC 7617 §2. The decoder also accepts several encoded texts in a row, but RFC 4648 §4 allows
/// padding only at the end.
fn expected_basic(value: &[u8]) -> Option<String> {
    let text = str::from_utf8(value).ok()?;
    let (name, rest) = text.split_once(' ')?;
    let encoded = rest.trim_start_matches([' ', '\t']);
    let decoded = BASE64.decode(encoded.as_bytes()).ok().filter(|_| !encoded.trim_end_matches('=').contains('='))?;
    let decoded = String::from_utf8(decoded).ok().filter(|_| name.eq_ignore_ascii_case("basic"))?;
    let (username, password) = decoded.split_once(':')?;
    Some(seen(&[Some(username), Some(password)]))
}
