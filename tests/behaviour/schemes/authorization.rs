//! Bearer, raw OAuth2, OpenID Connect and digest schemes read the `Authorization` header as text.

use axum_scopes::{
    Bearer,
    credential::{HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    scheme::{HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme},
};
use axum_scopes_tests::prelude::*;

use super::{
    Found::{self, Nothing, Value},
    expect, routes,
};

struct Login;
impl OpenIdConnectScheme for Login {
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
}

struct Tokens;
impl HttpBearerScheme for Tokens {}

struct Legacy;
impl HttpDigestScheme for Legacy {}

/// Each service with its challenge, in the order of the columns below.
fn apps() -> [(App, &'static str); 5] {
    [
        (routes!(Bearer<Api>), "Bearer"),
        (routes!(HttpBearer<Tokens>), "Bearer"),
        (routes!(OAuth2<Api>), "Bearer"),
        (routes!(OpenIdConnect<Login>), "Bearer"),
        (routes!(HttpDigest<Legacy>), "Digest"),
    ]
}

/// The expected results of all services. The two raw schemes show `raw`.
fn row(bearer: Found, http_bearer: Found, raw: Found, digest: Found) -> [Found; 5] {
    [bearer, http_bearer, raw, raw, digest]
}

async fn expect_each(values: &[&[u8]], expected: [Found; 5]) {
    for ((app, challenge), found) in apps().into_iter().zip(expected) {
        expect(&app, challenge, found, "", "authorization", values).await;
    }
}

#[tokio::test]
async fn credentials_are_recognised_as_fastapi_does() {
    expect_each(&[], [Nothing; 5]).await;
    let tok = Value("<tok>");
    for (header, expected) in [
        ("", [Nothing; 5]),
        ("Bearer tok", row(tok, tok, Value("<Bearer tok>"), Nothing)),
        ("bearer tok", row(tok, tok, Value("<bearer tok>"), Nothing)),
        ("bEARER tok", row(tok, tok, Value("<bEARER tok>"), Nothing)),
        ("Bearer  tok", row(tok, tok, Value("<Bearer  tok>"), Nothing)),
        ("Bearer \ttok", row(tok, tok, Value("<Bearer \ttok>"), Nothing)),
        ("Bearer a b", row(Value("<a b>"), Value("<a b>"), Value("<Bearer a b>"), Nothing)),
        ("Bearer", row(Value("<>"), Nothing, Value("<Bearer>"), Nothing)),
        ("Bearer ", row(Value("<>"), Nothing, Value("<Bearer >"), Nothing)),
        ("Bearer\ttok", row(Nothing, Nothing, Value("<Bearer\ttok>"), Nothing)),
        ("Bearertok", row(Nothing, Nothing, Value("<Bearertok>"), Nothing)),
        ("Bearer, tok", row(Nothing, Nothing, Value("<Bearer, tok>"), Nothing)),
        ("Token tok", row(Nothing, Nothing, Value("<Token tok>"), Nothing)),
        ("Basic Og==", row(Nothing, Nothing, Value("<Basic Og==>"), Nothing)),
        ("Digest x", row(Nothing, Nothing, Value("<Digest x>"), Value("<x>"))),
        (r#"dIgest u="j", r="""#, row(Nothing, Nothing, Value(r#"<dIgest u="j", r="">"#), Value(r#"<u="j", r="">"#))),
        ("DIGEST  x", row(Nothing, Nothing, Value("<DIGEST  x>"), Value("<x>"))),
        ("Digest", row(Nothing, Nothing, Value("<Digest>"), Nothing)),
        ("Digest ", row(Nothing, Nothing, Value("<Digest >"), Nothing)),
        ("Digestx", row(Nothing, Nothing, Value("<Digestx>"), Nothing)),
        ("tok", row(Nothing, Nothing, Value("<tok>"), Nothing)),
    ] {
        expect_each(&[header.as_bytes()], expected).await;
    }
}

/// This is stricter than FastAPI, which reads bytes as Latin-1. Credentials are ASCII (RFC 9110 §11.2), and two readers
/// may decode other bytes differently.
#[tokio::test]
async fn text_that_is_not_ascii_is_no_credential() {
    for header in [&b"Bearer \xff"[..], "Bearer é".as_bytes(), "é".as_bytes(), b"Digest \x80", "Digest é".as_bytes()]
    {
        expect_each(&[header], [Nothing; 5]).await;
    }
}

/// This is stricter than FastAPI, which takes the first header. A proxy in front may have read the other one.
#[tokio::test]
async fn two_headers_are_no_credential() {
    for pair in [["Bearer a", "Bearer b"], ["Bearer a", "Bearer a"], ["Digest a", "Digest a"], ["Bearer a", ""]] {
        let [first, second] = pair.map(str::as_bytes);
        expect_each(&[first, second], [Nothing; 5]).await;
        expect_each(&[second, first], [Nothing; 5]).await;
    }
}

/// FastAPI removes the space. Servers remove it before (RFC 9110 §5.5), so only tests without a server can see it.
#[tokio::test]
async fn a_space_at_the_end_belongs_to_the_credential() {
    let tok = Value("<tok >");
    expect_each(&[b"Bearer tok "], row(tok, tok, Value("<Bearer tok >"), Nothing)).await;
}
