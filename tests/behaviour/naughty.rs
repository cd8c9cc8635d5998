//! The strings of the Big List of Naughty Strings cause no panic and no server error, and none comes back in a header.

use std::collections::HashSet;

use axum::{
    http::{HeaderName, HeaderValue, header},
    routing::post,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HmacKey, HttpBasic, HttpBasicScheme, TokenVerifier,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    login::{OAuth2PasswordRequestForm, TokenResponse},
    scheme::{HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme},
    verified,
};
use axum_scopes_test_support::Call;
use axum_scopes_tests::prelude::*;
use base64::{Engine, prelude::BASE64_STANDARD};

struct Any;
impl ApiKeyScheme for Any {
    const NAME: &str = "Key";
    const PARAMETER: &str = "key";
}
impl HttpBasicScheme for Any {
    const REALM: Option<&str> = Some("staff");
}
impl HttpBearerScheme for Any {}
impl HttpDigestScheme for Any {}
impl OpenIdConnectScheme for Any {
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
}

async fn login(form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
    let scopes = form.grant::<Api>(&["me", "items"]);
    assert!(scopes.iter().all(|scope| ["me", "items"].contains(&scope)), "{scopes}");
    if form.username == "joe" && form.password.as_str() == "secret" {
        return Ok(TokenResponse::bearer("abc").scope(&scopes));
    }
    Err(AuthError::bad_request("Incorrect username or password"))
}

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

/// Accepts every token as the list of granted scopes.
#[security]
async fn granted(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str())).map_err(|_| required.unauthorized(token.as_str().to_owned()))
}

#[security(scopes = ["admin"])]
async fn for_admins(_: Depends<granted>) {}

macro_rules! shows {
    ($($name:ident: $Extractor:ident),*) => {
        $(
            async fn $name($Extractor(value): $Extractor<Any>) -> String {
                format!("{value:?} {}", value.as_str())
            }
        )*
    };
}

shows! {
    http_bearer: HttpBearer,
    digest: HttpDigest,
    oidc: OpenIdConnect,
    key_header: ApiKeyHeader,
    key_query: ApiKeyQuery,
    key_cookie: ApiKeyCookie
}

async fn oauth2(OAuth2(value): OAuth2<Api>) -> String {
    value.as_str().to_owned()
}

async fn basic(HttpBasic(value): HttpBasic<Any>) -> String {
    format!("{value:?} {}", value.password.as_str())
}

async fn optional(value: Option<HttpBasic<Any>>) -> String {
    format!("{value:?}")
}

const READERS: [&str; 8] = ["/items", "/admins", "/http_bearer", "/digest", "/oidc", "/oauth2", "/basic", "/optional"];

fn app() -> App {
    App::new(
        Router::new()
            .route("/token", post(login))
            .route("/items", get(items))
            .route("/admins", get(for_admins))
            .route("/http_bearer", get(http_bearer))
            .route("/digest", get(digest))
            .route("/oidc", get(oidc))
            .route("/oauth2", get(oauth2))
            .route("/basic", get(basic))
            .route("/optional", get(optional))
            .route("/key_header", get(key_header))
            .route("/key_query", get(key_query))
            .route("/key_cookie", get(key_cookie))
            .with_state(TokenVerifier::hs256(&HmacKey::new([7; 32]).unwrap())),
    )
}

/// The strings of the list.
fn strings() -> Vec<String> {
    let strings: Vec<String> = serde_json::from_str(include_str!("../vectors/blns/blns.json")).unwrap();
    assert!(strings.len() > 500);
    strings
}

/// Whether a header is one of those that the service writes. Any other header would come from the input of the client.
fn said(name: &HeaderName, value: &HeaderValue) -> bool {
    let allowed: &[&str] = match *name {
        header::CONTENT_TYPE => &["application/json", "text/plain; charset=utf-8"],
        header::CACHE_CONTROL => &["no-store"],
        header::PRAGMA => &["no-cache"],
        header::WWW_AUTHENTICATE => &[
            "Bearer",
            r#"Bearer scope="items""#,
            r#"Bearer scope="admin""#,
            r#"Basic realm="staff""#,
            "Digest",
            "APIKey",
        ],
        header::CONTENT_LENGTH => return value.as_bytes().iter().all(u8::is_ascii_digit),
        _ => &[],
    };
    allowed.iter().any(|text| value == text)
}

/// The status of the answer, which must be no server error and must have only known headers.
async fn status(call: Call, shown: &str) -> u16 {
    let sent = format!("{call:?}");
    let answer = call.await;
    assert!(answer.status() < 500, "{answer:?} to {sent} {shown:?}");
    for (name, value) in answer.headers() {
        assert!(said(name, value), "{name}: {value:?} to {sent} {shown:?}");
    }
    answer.status()
}

#[tokio::test]
async fn a_naughty_string_in_a_login_form_is_refused_or_means_nothing() {
    let app = app();
    let form = |fields: &[(&str, &str)]| app.post("/token").form(fields);
    for text in strings() {
        let refused = if text.is_empty() { 422 } else { 400 };
        let (joe, secret, it) = (("username", "joe"), ("password", "secret"), text.as_str());
        assert_eq!(status(form(&[("username", it), secret]), it).await, refused, "{it:?}");
        assert_eq!(status(form(&[joe, ("password", it)]), it).await, refused, "{it:?}");
        assert_eq!(status(form(&[joe, secret, ("scope", it)]), it).await, 200, "{it:?}");
        let unknown = form(&[joe, secret, ("client_id", it), ("client_secret", it), (it, it)]);
        assert_eq!(status(unknown, it).await, 200);
        let expected = if text.is_empty() { 200 } else { 422 };
        assert_eq!(status(form(&[joe, secret, ("grant_type", it)]), it).await, expected, "{it:?}");
        let raw = app.post("/token").encoded_form(text.clone());
        assert!(status(raw, it).await >= 400, "{it:?}");
        if let Ok(content_type) = HeaderValue::from_bytes(text.as_bytes()) {
            let typed = app.post("/token").header("content-type", content_type);
            assert!(status(typed.body("username=joe&password=secret"), it).await >= 400, "{it:?}");
        }
    }
}

#[tokio::test]
async fn a_naughty_string_in_an_authorization_header_is_refused_or_shown() {
    let app = app();
    for text in strings() {
        for path in READERS {
            for value in ["", "Bearer ", "Digest ", "Basic "].map(|scheme| format!("{scheme}{text}")) {
                let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) else { continue };
                let status = status(app.get(path).header("authorization", value), &text).await;
                assert!(status == 401 || !["/items", "/admins"].contains(&path), "{status} {path} {text:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_naughty_string_in_basic_credentials_is_a_name_or_a_password() {
    let app = app();
    for text in strings() {
        for credentials in [format!("{text}:secret"), format!("joe:{text}"), text.clone()] {
            let value = format!("Basic {}", BASE64_STANDARD.encode(&credentials));
            for path in READERS {
                let status = status(app.get(path).header("authorization", &value), &text).await;
                if path == "/basic" {
                    assert_eq!(status, if credentials.contains(':') { 200 } else { 401 }, "{text:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_naughty_string_in_place_of_a_key_is_a_key_if_it_is_ascii() {
    let app = app();
    let mut seen = HashSet::new();
    for text in strings() {
        let is_key = !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
        let expected = if is_key { 200 } else { 401 };
        let query = form_urlencoded::Serializer::new("/key_query?".to_owned()).append_pair("key", &text).finish();
        assert_eq!(status(app.get(query), &text).await, expected, "{text:?}");
        seen.insert(expected);
        for (path, name, value) in
            [("/key_header", "key", text.clone()), ("/key_cookie", "cookie", format!("key={text}"))]
        {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                let status = status(app.get(path).header(name, value), &text).await;
                assert!(status == expected || path == "/key_cookie", "{status} {path} {text:?}");
            }
        }
    }
    assert_eq!(seen.len(), 2);
}
