//! The provider's tokens that are bound to a certificate or to a key are worth nothing without it.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use axum::{Router, http::HeaderName, routing::get};
use axum_scopes::{
    Depends, Flows, OAuth2Scheme,
    introspection::{ClientCredentials, Introspection, IntrospectionVerifier},
    issuer::{Issuer, IssuerVerifier},
    scheme::Sender,
    security,
    sender::{CertificateHeader, CertificateVerifier, ForwardedCertificates},
    token::{TokenError, VerifyError},
    verified,
};
use axum_scopes_idp_tests::{Provider, escaped};
use axum_scopes_test_support::App;

struct Bank;

impl OAuth2Scheme for Bank {
    const FLOWS: Flows = Flows::client_credentials("http://127.0.0.1:9400/token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_certificate();
}

#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<verified<Bank, CertificateVerifier<IssuerVerifier>>>) -> String {
    claims.sub.to_string()
}

/// Any certificate. Nobody checks who has signed it.
const CERTIFICATE: &str = include_str!("client.pem");
const HEADER: &str = "x-client-cert";

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_token_that_is_bound_to_a_certificate_needs_it() {
    let provider = Provider::new().await;
    let verifier = IssuerVerifier::start([Issuer::new(&provider.url).rfc9068("urn:example:api")]).unwrap();
    let header = CertificateHeader::escaped_pem(HeaderName::from_static(HEADER));
    let router = Router::new().route("/items", get(read_items)).layer(ForwardedCertificates::from_any_peer(header));
    let app = App::new(router.with_state(CertificateVerifier::new(verifier)));
    let certificate = escaped(CERTIFICATE);
    let bound = provider.certificate_bound_token(&certificate, "items").await;
    let answer = app.get("/items").bearer(&bound).header(HEADER, certificate.as_str()).await;
    assert_eq!((answer.status(), answer.text()), (200, "bank"));
    assert_eq!(app.get("/items").bearer(&bound).await.status(), 401);
    let other = certificate.replacen("MIIB", "MIIC", 1);
    assert_eq!(app.get("/items").bearer(&bound).header(HEADER, other).await.status(), 401);
    // One that is bound to nobody needs none.
    let unbound = provider.token("api", "items").await;
    assert_eq!(app.get("/items").bearer(&unbound).await.status(), 200);
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_token_that_is_bound_to_a_key_is_refused_as_a_bearer_token() {
    let provider = Provider::new().await;
    let endpoint = format!("{}/token/introspection", provider.url);
    let introspection = Introspection::new(endpoint, ClientCredentials::basic("rs", "rs-secret"))
        .audience("urn:example:api")
        .subject_or("client_id");
    let opaque = IntrospectionVerifier::new(introspection).unwrap();
    let jwt = IssuerVerifier::start([Issuer::new(&provider.url).rfc9068("urn:example:api")]).unwrap();
    let refused = VerifyError::Token(TokenError::Bound);
    assert_eq!(opaque.verify(&provider.bound_token("opaque", "items").await).await.unwrap_err(), refused);
    assert_eq!(jwt.verify(&provider.bound_token("api", "items").await).await.unwrap_err(), refused);
}
