//! A service asks a real provider about opaque tokens (RFC 7662), and believes its signed answers (RFC 9701).
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use std::time::Duration;

use axum_scopes::{
    introspection::{ClientCredentials, Introspection, IntrospectionVerifier, RequestError},
    issuer::{Issuer, IssuerVerifier},
    jose::Algorithm,
    token::{TokenError, VerifyError, VerifyToken, judges},
};
use axum_scopes_idp_tests::Provider;

/// The rules for the provider's opaque tokens, asked about by one of its clients.
fn introspection(provider: &Provider, client: &str) -> Introspection {
    let url = format!("{}/token/introspection", provider.url);
    // The provider names a client that acts for itself in `client_id` alone.
    let introspection = Introspection::new(url, ClientCredentials::basic(client, "rs-secret")).subject_or("client_id");
    introspection.issuer(&provider.url).audience("urn:example:api").timeout(Duration::from_secs(2))
}

fn verifier(introspection: Introspection) -> IntrospectionVerifier {
    IntrospectionVerifier::new(introspection).unwrap()
}

/// The subject and the scopes.
async fn verified(verifier: &IntrospectionVerifier, token: &str) -> Result<(String, String), VerifyError> {
    let claims = verifier.verify(token).await?;
    Ok((claims.sub.to_string(), claims.scope.as_str().to_owned()))
}

fn cause(result: Result<(String, String), VerifyError>) -> String {
    match result {
        Err(VerifyError::Unavailable { source: Some(source), .. }) => source.to_string(),
        other => panic!("{other:?}"),
    }
}

const INACTIVE: Result<(String, String), VerifyError> = Err(VerifyError::Token(TokenError::Inactive));

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn an_opaque_token_is_accepted_until_it_is_revoked() {
    let provider = Provider::new().await;
    let expected = ("client_id:svc".to_owned(), "me items".to_owned());
    let plain = verifier(introspection(&provider, "rs"));
    let issuer = Issuer::new(&provider.url).algorithms([Algorithm::ES256]);
    let signed = verifier(introspection(&provider, "rs-signed").signed_by(issuer));
    let cached = verifier(introspection(&provider, "rs").cache(10, Duration::from_secs(60)));
    let token = provider.token("opaque", "me%20items").await;
    for verifier in [&plain, &signed, &cached] {
        assert_eq!(verified(verifier, &token).await, Ok(expected.clone()));
        assert_eq!(verified(verifier, "made-up").await, INACTIVE);
    }
    provider.revoke(&token).await;
    assert_eq!(verified(&plain, &token).await, INACTIVE);
    assert_eq!(verified(&signed, &token).await, INACTIVE);
    let asked = provider.introspected().await;
    assert_eq!(verified(&cached, &token).await, Ok(expected));
    assert_eq!(provider.introspected().await, asked);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn an_answer_with_another_algorithm_or_of_another_issuer_is_not_believed() {
    let provider = Provider::new().await;
    let token = provider.token("opaque", "items").await;
    // The provider signs with RS256 for `rs`.
    let issuer = || Issuer::new(&provider.url);
    let rs256 = verifier(introspection(&provider, "rs").signed_by(issuer().algorithms([Algorithm::RS256])));
    assert!(verified(&rs256, &token).await.is_ok());
    let es256 = verifier(introspection(&provider, "rs").signed_by(issuer().algorithms([Algorithm::ES256])));
    assert!(cause(verified(&es256, &token).await).contains("signed"));
    let keys = format!("{}/jwks", provider.url);
    let other = Issuer::new("https://other.example.com").jwks_url(keys).trusted_host(&provider.url["http://".len()..]);
    let other = verifier(introspection(&provider, "rs-signed").signed_by(other));
    assert!(cause(verified(&other, &token).await).contains("signed"));
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn failures_of_the_provider_are_no_verdicts() {
    let provider = Provider::new().await;
    let plain = verifier(introspection(&provider, "rs"));
    let token = provider.token("opaque", "items").await;
    for (mode, expected) in [
        ("500", RequestError::Status(500)),
        ("garbage", RequestError::Answer),
        ("huge", RequestError::TooLarge),
        ("hang", RequestError::Timeout),
    ] {
        provider.fail(mode).await;
        assert_eq!(cause(verified(&plain, &token).await), expected.to_string(), "{mode}");
    }
    provider.fail("ok").await;
    assert!(verified(&plain, &token).await.is_ok());
    let url = format!("{}/token/introspection", provider.url);
    let wrong = verifier(Introspection::new(url, ClientCredentials::basic("rs", "another-secret")));
    assert_eq!(cause(verified(&wrong, &token).await), RequestError::Credentials.to_string());
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn jwts_and_opaque_tokens_of_one_provider_go_to_their_verifiers() {
    let provider = Provider::new().await;
    let keys = IssuerVerifier::start([Issuer::new(&provider.url).rfc9068("urn:example:api")]).unwrap();
    let both = judges::jwts(keys).otherwise(verifier(introspection(&provider, "rs")));
    let judged = async |token: &str| {
        let presented = axum_scopes::credential::Presented::new(token, axum_scopes::credential::PresentedAs::Bearer);
        both.judge(&presented).await.map(|token| token.claims().scope.as_str().to_owned())
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
