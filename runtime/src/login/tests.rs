//! The form and its errors, as FastAPI has them.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

#[cfg(feature = "login")]
mod shown;

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
    response::IntoResponse,
};
use serde_json::{Value, json};

use super::{
    form::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict},
    token_response::TokenResponse,
};
use crate::{
    credential::password::Password,
    error::AuthError,
    scheme::{flows::Flows, oauth2::OAuth2Scheme},
    scopes::set::Scopes,
};

type Tested<T = ()> = Result<T, Box<dyn std::error::Error>>;

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

fn post(content_type: Option<&str>, body: impl Into<Body>) -> Tested<Request> {
    let request = Request::post("/token");
    let request = match content_type {
        Some(value) => request.header(CONTENT_TYPE, value),
        None => request,
    };
    Ok(request.body(body.into())?)
}

async fn form(body: &'static str) -> Tested<OAuth2PasswordRequestForm> {
    Ok(OAuth2PasswordRequestForm::<()>::from_request(post(Some(URL_ENCODED), body)?, &()).await?)
}

async fn refused<F: FromRequest<(), Rejection = AuthError>>(request: Request) -> Tested<(u16, Value)> {
    let Err(error) = F::from_request(request, &()).await else {
        return Err("was not refused".into());
    };
    let response = error.into_response();
    let status = response.status().as_u16();
    Ok((status, serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await?)?))
}

fn missing(field: &str) -> Value {
    json!({ "type": "missing", "loc": ["body", field], "msg": "Field required", "input": null })
}

fn not_password(sent: &str) -> Value {
    json!({
        "type": "string_pattern_mismatch",
        "loc": ["body", "grant_type"],
        "msg": "String should match pattern '^password$'",
        "input": sent,
        "ctx": { "pattern": "^password$" },
    })
}

#[tokio::test]
async fn every_validation_error_is_that_of_fastapi() -> Tested {
    for (body, detail) in [
        ("password=secret", json!([missing("username")])),
        ("scope=me", json!([missing("username"), missing("password")])),
        ("", json!([missing("username"), missing("password")])),
        ("username=johndoe;password=secret", json!([missing("password")])),
        ("username=&password=secret", json!([missing("username")])),
        ("username=johndoe&password=", json!([missing("password")])),
        ("username=johndoe&password", json!([missing("password")])),
        ("username=johndoe&password=secret&password=", json!([missing("password")])),
        ("Username=johndoe&PASSWORD=secret", json!([missing("username"), missing("password")])),
        ("username=a&password=b&grant_type=client_credentials", json!([not_password("client_credentials")])),
        ("username=a&password=b&grant_type=password%0A", json!([not_password("password\n")])),
        ("username=a&password=b&grant_type=Password", json!([not_password("Password")])),
        ("grant_type=x", json!([not_password("x"), missing("username"), missing("password")])),
    ] {
        let answer = refused::<OAuth2PasswordRequestForm>(post(Some(URL_ENCODED), body)?).await?;
        assert_eq!(answer, (422, json!({ "detail": detail })), "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn the_strict_form_requires_grant_type() -> Tested {
    for (body, detail) in [
        ("", json!([missing("grant_type"), missing("username"), missing("password")])),
        ("username=a&password=b", json!([missing("grant_type")])),
        ("username=a&password=b&grant_type=", json!([missing("grant_type")])),
        ("username=a&grant_type=x", json!([not_password("x"), missing("password")])),
    ] {
        let answer = refused::<OAuth2PasswordRequestFormStrict>(post(Some(URL_ENCODED), body)?).await?;
        assert_eq!(answer, (422, json!({ "detail": detail })), "{body}");
    }
    let request = post(Some(URL_ENCODED), "grant_type=password&username=a&password=b")?;
    let form = OAuth2PasswordRequestFormStrict::<()>::from_request(request, &()).await?;
    assert_eq!(form.username, "a");
    Ok(())
}

#[tokio::test]
async fn the_content_type_decides() -> Tested {
    let body = "username=johndoe&password=secret";
    for accepted in [
        URL_ENCODED,
        "Application/X-WWW-Form-URLEncoded",
        "application/x-www-form-urlencoded; charset=latin1",
        "application/x-www-form-urlencoded;charset=UTF-8",
    ] {
        let form = OAuth2PasswordRequestForm::<()>::from_request(post(Some(accepted), body)?, &()).await?;
        assert_eq!(form.username, "johndoe", "{accepted}");
    }
    for refused_type in [None, Some(""), Some("application/json"), Some("multipart/form-data; boundary=x")] {
        let (status, answer) = refused::<OAuth2PasswordRequestForm>(post(refused_type, body)?).await?;
        assert_eq!(status, 422);
        assert_eq!(answer, json!({ "detail": [missing("username"), missing("password")] }), "{refused_type:?}");
    }
    Ok(())
}

#[tokio::test]
async fn scopes_are_split_only_at_spaces() -> Tested {
    for (body, scopes) in [
        ("username=a&password=b", ""),
        ("username=a&password=b&scope=", ""),
        ("username=a&password=b&scope=items", "items"),
        ("username=a&password=b&scope=me+items", "me items"),
        ("username=a&password=b&scope=me%20items", "me items"),
        ("username=a&password=b&scope=me items", "me items"),
        ("username=a&password=b&scope=++me+++items++", "me items"),
        ("username=a&password=b&scope=me+me", "me"),
        ("username=a&password=b&scope=me&scope=items", "items"),
        ("username=a&password=b&scope=me%09items", "me\titems"),
        ("username=a&password=b&scope=me%0Aitems", "me\nitems"),
        ("username=a&password=b&scope=me%C2%A0items", "me\u{a0}items"),
        ("username=a&password=b&scope=me%E3%80%80items", "me\u{3000}items"),
        ("username=a&password=b&scope=me%2Citems", "me,items"),
        ("username=a&password=b&scope=ME", "ME"),
        ("username=a&password=b&scope=users%3Aread+profile", "users:read profile"),
        ("username=a&password=b&scope=m%C3%A9", "mé"),
    ] {
        assert_eq!(form(body).await?.scopes.as_str(), scopes, "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn values_of_fields_arrive_decoded() -> Tested {
    let all = form("grant_type=password&username=j+d&password=%24+%00&client_id=c&client_secret=s&foo=bar").await?;
    assert_eq!((all.username.as_str(), all.password.as_str()), ("j d", "$ \0"));
    assert_eq!(all.client_id.as_deref(), Some("c"));
    assert_eq!(all.client_secret.as_ref().map(Password::as_str), Some("s"));

    let few = form("username=x&username=y&password=%FF&client_id=&client_secret=&grant_type=").await?;
    assert_eq!((few.username.as_str(), few.password.as_str()), ("y", "\u{fffd}"));
    assert!(few.client_id.is_none() && few.client_secret.is_none());
    Ok(())
}

#[tokio::test]
async fn an_authorization_header_is_ignored() -> Tested {
    for value in ["Basic Og==", "Basic Zm9vOmJhcg==", "Bearer garbage", ""] {
        let mut request = post(Some(URL_ENCODED), "username=johndoe&password=secret")?;
        request.headers_mut().insert("authorization", value.parse()?);
        let form = OAuth2PasswordRequestForm::<()>::from_request(request, &()).await?;
        assert_eq!((form.username.as_str(), form.client_id), ("johndoe", None));
    }
    Ok(())
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_bad_request() -> Tested {
    let pieces = [Ok(Bytes::from_static(b"username=a&password=b")), Err(std::io::Error::other("gone"))];
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let (status, answer) = refused::<OAuth2PasswordRequestForm>(post(Some(URL_ENCODED), body)?).await?;
    assert_eq!((status, answer), (400, json!({ "detail": "There was an error parsing the body" })));
    Ok(())
}

#[tokio::test]
async fn a_body_has_a_limit() -> Tested {
    let fitting = format!("username=a&password={}", "x".repeat(16 * 1024 - 20));
    assert_eq!(fitting.len(), 16 * 1024);
    assert!(
        OAuth2PasswordRequestForm::<()>::from_request(post(Some(URL_ENCODED), fitting.clone())?, &()).await.is_ok()
    );
    let mut request = post(Some(URL_ENCODED), fitting + "x")?;
    axum::extract::DefaultBodyLimit::disable().apply(&mut request);
    let (status, answer) = refused::<OAuth2PasswordRequestForm>(request).await?;
    assert_eq!((status, answer), (413, json!({ "detail": "The form is too large" })));
    Ok(())
}

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &'static [(&'static str, &'static str)] = &[("me", "Read yourself."), ("items", "Read items.")];
}

struct Registry;

impl OAuth2Scheme for Registry {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &'static [(&'static str, &'static str)] =
        &[("repository:{name}:pull", ""), ("repository:{name}:push", ""), ("catalog", "")];
    const IMPLIES: &'static [(&'static str, &'static [&'static str])] =
        &[("repository:{name}:push", &["repository:{name}:pull"])];
}

#[tokio::test]
async fn scopes_of_a_template_are_granted_and_its_text_is_not() -> Tested {
    for (requested, allowed, granted) in [
        ("repository:a:pull", &["repository:a:pull"][..], "repository:a:pull"),
        ("repository:a:pull", &["repository:b:pull"], ""),
        ("repository:a:pull", &["repository:a:push"], "repository:a:pull"),
        ("repository:a:pull", &["repository:b:push"], ""),
        ("repository:a:push", &["repository:a:pull"], ""),
        ("repository:a:pull", &["repository:{name}:pull", "repository:{name}:push"], ""),
        ("repository:{name}:pull", &["repository:{name}:pull", "repository:{name}:push"], ""),
        ("repository:a:delete", &["repository:a:delete"], ""),
        ("repository:a:b:pull", &["repository:a:b:pull"], ""),
        ("repository:..:pull", &["repository:..:pull"], ""),
        ("repository::pull", &["repository::pull"], ""),
        ("catalog repository:a:pull", &["repository:a:pull", "catalog"], "catalog repository:a:pull"),
    ] {
        let mut asked = form("username=a&password=b").await?;
        asked.scopes = Scopes::from(requested);
        assert_eq!(asked.grant::<Registry>(allowed).as_str(), granted, "{requested} {allowed:?}");
    }
    Ok(())
}

#[tokio::test]
async fn only_scopes_that_are_requested_allowed_and_declared_are_granted() -> Tested {
    let asked = form("username=a&password=b&scope=items+me+admin+items+ME").await?;
    assert_eq!(asked.grant::<Api>(&["me", "items", "admin"]).as_str(), "items me");
    assert_eq!(asked.grant::<Api>(&Scopes::from("items")).as_str(), "items");
    assert_eq!(asked.grant::<Api>(&["admin"]).as_str(), "");
    let OAuth2PasswordRequestForm { username, password, scopes, client_id, client_secret } = asked;
    let of_scheme = OAuth2PasswordRequestForm::<Api> { username, password, scopes, client_id, client_secret };
    assert_eq!(of_scheme.grant(&["me", "admin"]).as_str(), "me");
    assert!(form("username=a&password=b").await?.grant::<Api>(&["me", "items"]).is_empty());
    assert!(form("username=a&password=b&scope=me%09items").await?.grant::<Api>(&["me", "items"]).is_empty());
    Ok(())
}

#[tokio::test]
async fn a_token_response_has_the_form_of_rfc_6749() -> Tested {
    let full = TokenResponse::bearer("abc")
        .expires_in(Duration::from_millis(1_800_999))
        .scope(&Scopes::from("me items"))
        .refresh_token("def");
    for (token, expected) in [
        (TokenResponse::bearer("abc"), json!({ "access_token": "abc", "token_type": "bearer" })),
        (
            full,
            json!({
                "access_token": "abc", "token_type": "bearer", "expires_in": 1800,
                "refresh_token": "def", "scope": "me items",
            }),
        ),
        (
            TokenResponse::bearer("abc").scope(&Scopes::new()),
            json!({ "access_token": "abc", "token_type": "bearer", "scope": "" }),
        ),
    ] {
        let response = token.into_response();
        assert_eq!(response.status(), 200);
        for (name, value) in
            [("content-type", "application/json"), ("cache-control", "no-store"), ("pragma", "no-cache")]
        {
            assert_eq!(response.headers()[name], value);
        }
        let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await?)?;
        assert_eq!(body, expected);
    }
    let mut token = TokenResponse::bearer("abc").refresh_token("def");
    assert_eq!(token.access_token(), "abc");
    assert_eq!(token.take_refresh_token().as_deref(), Some("def"));
    let response = token.into_response();
    let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await?)?;
    assert_eq!(body, json!({ "access_token": "abc", "token_type": "bearer" }));
    Ok(())
}
