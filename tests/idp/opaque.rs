//! A service asks the provider about opaque tokens (RFC 7662, RFC 9701).
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use std::time::Duration;

use axum::{Router, routing::get};
use axum_scopes::{
    Depends,
    credential::{Presented, PresentedAs},
    introspection::{ClientCredentials, Introspection, IntrospectionVerifier},
    issuer::{Issuer, IssuerVerifier},
    jose::Algorithm,
    security,
    token::{TokenError, VerifyError, VerifyToken, judges},
    verified,
};
use axum_scopes_idp_tests::{Api, Provider};
use axum_scopes_test_support::App;

#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<verified<Api, IntrospectionVerifier>>) -> String {
    claims.sub.to_string()
}

fn app(introspection: Introspection) -> App {
    let verifier = IntrospectionVerifier::new(introspection).unwrap();
    App::new(Router::new().route("/items", get(read_items)).with_state(verifier))
}

/// The provider's endpoint. Its answers about clients without a user have no `sub`.
fn introspection(provider: &Provider, id: &str, secret: &str) -> Introspection {
    Introspection::new(format!("{}/token/introspection", provider.url), ClientCredentials::basic(id, secret))
        .audience("urn:example:api")
        .issuer(&provider.url)
        .subject_or("client_id")
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn opaque_tokens_are_accepted_by_plain_and_by_signed_answers() {
    let provider = Provider::new().await;
    let token = provider.token("opaque", "items").await;
    let weak = provider.token("opaque", "me").await;
    let signed = introspection(&provider, "rs-signed", "rs-secret").signed_by(Issuer::new(&provider.url));
    for app in [app(introspection(&provider, "rs", "rs-secret")), app(signed)] {
        let answer = app.get("/items").bearer(&token).await;
        assert_eq!((answer.status(), answer.text()), (200, "client_id:svc"));
        for bad in [&weak, "unknown", &token[1..]] {
            assert_eq!(app.get("/items").bearer(bad).await.status(), 401, "{bad}");
        }
    }
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn an_answer_with_another_algorithm_or_of_another_issuer_is_no_verdict() {
    let provider = Provider::new().await;
    let token = provider.token("opaque", "items").await;
    // The provider signs with RS256 for `rs`, which has not chosen another algorithm.
    let issuer = || Issuer::new(&provider.url);
    let keys = format!("{}/jwks", provider.url);
    let other = Issuer::new("https://other.example.com").jwks_url(keys).trusted_host(&provider.url["http://".len()..]);
    for (issuer, expected) in
        [(issuer().algorithms([Algorithm::RS256]), 200), (issuer().algorithms([Algorithm::ES256]), 503), (other, 503)]
    {
        let app = app(introspection(&provider, "rs", "rs-secret").signed_by(issuer));
        assert_eq!(app.get("/items").bearer(&token).await.status(), expected);
    }
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_revoked_token_is_refused_at_once_unless_its_answer_is_cached() {
    let provider = Provider::new().await;
    let of = |id| introspection(&provider, id, "rs-secret");
    let cached = app(of("rs").cache(10, Duration::from_secs(60)));
    let asking = [app(of("rs")), app(of("rs-signed").signed_by(Issuer::new(&provider.url)))];
    let token = provider.token("opaque", "items").await;
    for app in asking.iter().chain([&cached]) {
        assert_eq!(app.get("/items").bearer(&token).await.status(), 200);
    }
    provider.revoke(&token).await;
    for app in &asking {
        assert_eq!(app.get("/items").bearer(&token).await.status(), 401);
    }
    let asked = provider.introspected().await;
    assert_eq!(cached.get("/items").bearer(&token).await.status(), 200);
    assert_eq!(provider.introspected().await, asked);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn jwts_and_opaque_tokens_of_one_provider_go_to_their_verifiers() {
    let provider = Provider::new().await;
    let keys = IssuerVerifier::start([Issuer::new(&provider.url).rfc9068("urn:example:api")]).unwrap();
    let opaque = IntrospectionVerifier::new(introspection(&provider, "rs", "rs-secret")).unwrap();
    let both = judges::jwts(keys).otherwise(opaque);
    let judged = async |token: &str| {
        let token = both.judge(&Presented::new(token, PresentedAs::Bearer)).await;
        token.map(|token| token.claims().scope.as_str().to_owned())
    };
    let before = provider.introspected().await;
    let jwt = provider.token("api", "items").await;
    assert_eq!(judged(&jwt).await.as_deref(), Ok("items"));
    let forged = format!("{}AAAA", &jwt[..jwt.len() - 4]);
    assert_eq!(judged(&forged).await, Err(TokenError::Signature.into()));
    assert_eq!(provider.introspected().await, before);
    assert_eq!(judged(&provider.token("opaque", "me").await).await.as_deref(), Ok("me"));
    assert_eq!(provider.introspected().await, before + 1);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn the_services_own_refused_credentials_are_no_verdict_on_the_token() {
    let provider = Provider::new().await;
    let token = provider.token("opaque", "items").await;
    for (id, secret) in [("rs", "wrong"), ("nobody", "rs-secret")] {
        let answer = app(introspection(&provider, id, secret)).get("/items").bearer(&token).await;
        assert_eq!(answer.status(), 503, "{id}");
        assert!(answer.header("retry-after").is_some());
    }
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_broken_endpoint_is_no_verdict_and_known_tokens_go_on() {
    let provider = Provider::new().await;
    let (known, other) = (provider.token("opaque", "items").await, provider.token("opaque", "items").await);
    let cached = introspection(&provider, "rs", "rs-secret").cache(100, Duration::from_secs(60));
    let app = app(cached.timeout(Duration::from_millis(500)));
    assert_eq!(app.get("/items").bearer(&known).await.status(), 200);
    for mode in ["500", "garbage", "huge", "hang"] {
        provider.fail(mode).await;
        assert_eq!(app.get("/items").bearer(&other).await.status(), 503, "{mode}");
        assert_eq!(app.get("/items").bearer(&known).await.status(), 200, "{mode}");
    }
    provider.fail("ok").await;
    assert_eq!(app.get("/items").bearer(&other).await.status(), 200);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn an_opaque_token_that_is_bound_to_a_key_is_refused_as_a_bearer_token() {
    let provider = Provider::new().await;
    let token = provider.bound_token("opaque", "items").await;
    let verifier = IntrospectionVerifier::new(introspection(&provider, "rs", "rs-secret")).unwrap();
    let refused = verifier.verify(&token).await;
    assert!(matches!(refused, Err(VerifyError::Token(TokenError::Bound))), "{refused:?}");
}
