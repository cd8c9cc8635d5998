//! The responses to requests with the ready-made dependencies.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use axum_scopes_test_support::{Answer, App};
use serde::Deserialize;

use super::{provider::Provider, *};
use crate::{
    dependency::depends::Depends,
    error::AuthError,
    scheme::{flows::Flows, oauth2::OAuth2Scheme},
    scopes::{grants::Grants, set::Scopes},
    security,
    verification::{verified, verified_as},
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
async fn items(Depends(claims): Depends<verified<Api, IssuerVerifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn own(Depends(claims): Depends<verified_as<Api, Own, IssuerVerifier>>) -> String {
    claims.iss
}

#[security(scopes = ["me"])]
async fn me(Depends(claims): Depends<verified<Api, IssuerVerifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["me"])]
async fn own_me(_: Depends<verified_as<Api, Own, IssuerVerifier>>) -> &'static str {
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
async fn problems(_: Depends<verified<Problems, IssuerVerifier>>) {}

/// The response to a request with this token.
pub(super) async fn ask(verifier: &IssuerVerifier, path: &str, token: Option<&str>) -> Answer {
    let router = Router::new().route("/items", get(items)).route("/own", get(own));
    let router = router.route("/me", get(me)).route("/own_me", get(own_me));
    let router = router.route("/problems", get(problems)).with_state(verifier.clone());
    let authorization = token.map(|token| format!("Bearer {token}"));
    App::new(router).get(path).headers("authorization", authorization).await
}

#[tokio::test]
async fn a_token_is_accepted_where_it_covers_the_scopes() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    let verifier = provider.verifier()?;
    let token = known.token(&provider.url);
    for (path, body) in [("/items", "amy"), ("/own", provider.url.as_str())] {
        let answer = ask(&verifier, path, Some(&token)).await;
        assert_eq!((answer.status(), answer.text()), (200, body));
    }
    for path in ["/me", "/own_me"] {
        let refused = (401, Some(r#"Bearer scope="me""#), r#"{"detail":"Not enough permissions"}"#);
        assert_eq!(ask(&verifier, path, Some(&token)).await, refused);
    }
    let stranger = Signer::new("2")?.token(&provider.url);
    for token in [None, Some(""), Some("a.b.c"), Some(stranger.as_str())] {
        for path in ["/items", "/own"] {
            let answer = ask(&verifier, path, token).await;
            assert_eq!((answer.status(), answer.challenge().is_some()), (401, true));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_token_without_known_keys_is_answered_with_503_and_no_challenge() -> Tested {
    let known = Signer::new("1")?;
    let provider = Provider::start().await?;
    let verifier = provider.verifier()?;
    for path in ["/items", "/own"] {
        let answer = ask(&verifier, path, Some(&known.token(&provider.url))).await;
        assert_eq!(answer, (503, None, r#"{"detail":"Service Unavailable"}"#));
        let retry_after: u32 = answer.header("retry-after").ok_or("no time")?.parse()?;
        assert!((1..=30).contains(&retry_after));
        for token in [None, Some("a.b.c"), Some(known.token(URL).as_str())] {
            assert_eq!(ask(&verifier, path, token).await.status(), 401);
        }
    }
    let answer = ask(&verifier, "/problems", Some(&known.token(&provider.url))).await;
    assert_eq!(answer, (503, None, "Unavailable"));
    assert!(answer.header("retry-after").is_some());
    let shown = format!("{verifier:?}");
    assert!(shown.contains(&provider.url) && shown.contains("Status(404)"), "{shown}");
    Ok(())
}
