//! A service for clients with bound tokens: it accepts the tokens of the provider ISSUER at LISTEN. With DPOP_NONCE=1, proofs need
//! its nonces.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use axum_scopes::{
    Depends, Flows, HmacKey, OAuth2Scheme,
    issuer::{Issuer, IssuerVerifier},
    scheme::{ErrorStyle, Sender},
    secure::{Router, get},
    security,
    sender::{
        SenderVerifier,
        dpop::{Dpop, Nonces},
    },
    verified,
};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("http://127.0.0.1:9400/token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    const SENDER: Sender =
        Sender::bearer().or_dpop(&["ES256", "ES384", "EdDSA", "Ed25519", "PS256", "RS256"]).or_certificate();
}

type Verifier = SenderVerifier<IssuerVerifier>;

#[security(scopes = ["me"])]
async fn read_me(Depends(claims): Depends<verified<Api, Verifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<verified<Api, Verifier>>) -> String {
    claims.sub.to_string()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [issuer, listen] = ["ISSUER", "LISTEN"].map(|name| std::env::var(name).expect(name));
    let issuer = IssuerVerifier::start([Issuer::new(issuer).rfc9068("urn:example:api")]).unwrap();
    let mut dpop = Dpop::new(&format!("http://{listen}")).unwrap();
    if std::env::var("DPOP_NONCE").is_ok_and(|value| value == "1") {
        dpop = dpop.nonces(Nonces::new(&HmacKey::new([7; 32]).unwrap()).unwrap());
    }
    let nested = Router::new().route("/items", get(read_items));
    let router = Router::new().route("/me", get(read_me)).route("/items", get(read_items)).nest("/v1", nested);
    let listener = tokio::net::TcpListener::bind(&listen).await.unwrap();
    axum::serve(listener, router.with_state(SenderVerifier::new(issuer, dpop)).into_router()).await.unwrap();
}
