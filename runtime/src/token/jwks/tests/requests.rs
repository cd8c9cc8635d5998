//! What requests are answered, by the ready-made dependencies.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use tower::ServiceExt;

use super::{provider::Provider, *};
use crate::{
    dependency::depends::Depends,
    error::AuthError,
    scheme::oauth2::{Flows, OAuth2Scheme},
    scopes::{grants::Grants, set::Scopes},
    security,
    token::{issued_claims, issued_claims_as},
};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("https://id.example.com/token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("me", "Read yourself.")];
}

#[derive(Deserialize)]
struct Own {
    iss: String,
    scope: Scopes,
}

impl Grants for Own {
    fn grants(&self, scope: &str) -> bool {
        self.scope.grants(scope)
    }
}

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<issued_claims<Api>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn own(Depends(claims): Depends<issued_claims_as<Api, Own>>) -> String {
    claims.iss
}

#[security(scopes = ["me"])]
async fn me(Depends(claims): Depends<issued_claims<Api>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["me"])]
async fn own_me(_: Depends<issued_claims_as<Api, Own>>) -> &'static str {
    "me"
}

/// Refuses with a body of its own.
struct Problems;

impl OAuth2Scheme for Problems {
    const FLOWS: Flows = Flows::client_credentials("https://id.example.com/token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> =
        Some(|error| format!("{:?}", error.kind()).into_response());
}

#[security(scopes = ["items"])]
async fn problems(_: Depends<issued_claims<Problems>>) {}

/// Status, headers and body of a request with this token.
pub(super) async fn ask(
    verifier: &IssuerVerifier,
    path: &str,
    token: Option<&str>,
) -> Tested<(StatusCode, HeaderMap, String)> {
    let router = Router::new().route("/items", get(items)).route("/own", get(own));
    let router = router.route("/me", get(me)).route("/own_me", get(own_me));
    let router = router.route("/problems", get(problems)).with_state(verifier.clone());
    let mut request = Request::get(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let response = router.oneshot(request.body(Body::empty())?).await?;
    let (parts, body) = response.into_parts();
    Ok((parts.status, parts.headers, String::from_utf8(axum::body::to_bytes(body, 4096).await?.into())?))
}

#[tokio::test]
async fn a_token_lets_in_where_it_covers_the_scopes() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    let verifier = provider.verifier()?;
    let token = known.token(&provider.url);
    for (path, body) in [("/items", "amy"), ("/own", provider.url.as_str())] {
        let (status, _, text) = ask(&verifier, path, Some(&token)).await?;
        assert_eq!((status, text.as_str()), (StatusCode::OK, body));
    }
    for path in ["/me", "/own_me"] {
        let (status, headers, text) = ask(&verifier, path, Some(&token)).await?;
        assert_eq!((status, text.as_str()), (StatusCode::UNAUTHORIZED, r#"{"detail":"Not enough permissions"}"#));
        assert_eq!(headers[header::WWW_AUTHENTICATE], r#"Bearer scope="me""#);
    }
    let stranger = Signer::new("2")?.token(&provider.url);
    for token in [None, Some(""), Some("a.b.c"), Some(stranger.as_str())] {
        for path in ["/items", "/own"] {
            let (status, headers, _) = ask(&verifier, path, token).await?;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
            assert!(headers.contains_key(header::WWW_AUTHENTICATE));
        }
    }
    Ok(())
}

#[tokio::test]
async fn without_keys_it_is_503_and_no_challenge() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::start().await?;
    let verifier = provider.verifier()?;
    for path in ["/items", "/own"] {
        let (status, headers, body) = ask(&verifier, path, Some(&known.token(&provider.url))).await?;
        assert_eq!((status, body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, r#"{"detail":"Service Unavailable"}"#));
        assert!(!headers.contains_key(header::WWW_AUTHENTICATE));
        let retry_after: u32 = headers[header::RETRY_AFTER].to_str()?.parse()?;
        assert!((1..=30).contains(&retry_after));
        for token in [None, Some("a.b.c"), Some(known.token(URL).as_str())] {
            assert_eq!(ask(&verifier, path, token).await?.0, StatusCode::UNAUTHORIZED);
        }
    }
    let (status, headers, body) = ask(&verifier, "/problems", Some(&known.token(&provider.url))).await?;
    assert_eq!((status, body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "Unavailable"));
    assert!(headers.contains_key(header::RETRY_AFTER) && !headers.contains_key(header::WWW_AUTHENTICATE));
    let shown = format!("{verifier:?}");
    assert!(shown.contains(&provider.url) && shown.contains("Status(404)"), "{shown}");
    Ok(())
}
