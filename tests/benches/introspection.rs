//! Measures a request with an opaque token whose introspection answer is in the cache, against one with a JSON Web Token that is signed
//! with HMAC, and both where the form of the token chooses the verifier. All requests are made in process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark")]

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request},
    http::{HeaderValue, StatusCode, header},
    routing::get,
};
use axum_scopes::{
    Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
    introspection::{ClientCredentials, Introspection, IntrospectionVerifier},
    security,
    token::{
        TokenSigner,
        judges::{self, Jwts, Otherwise},
    },
    verified,
};
use axum_scopes_tests::median;
use tower::Service;

const ROUNDS: usize = 1000;
const REQUESTS: usize = 50;
/// The most that a request may cost over one with a token that is signed with HMAC.
const MOST: f64 = 1.2;

type Either = Otherwise<Jwts<TokenVerifier>, IntrospectionVerifier>;

#[derive(Clone, FromRef)]
struct App {
    tokens: TokenVerifier,
    introspection: IntrospectionVerifier,
    either: Either,
}

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

#[security(scopes = ["items", "me"])]
async fn signed(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

#[security(scopes = ["items", "me"])]
async fn introspected(Depends(claims): Depends<verified<Api, IntrospectionVerifier>>) -> String {
    claims.sub.into()
}

#[security(scopes = ["items", "me"])]
async fn either(Depends(claims): Depends<verified<Api, Either>>) -> String {
    claims.sub.into()
}

const OPAQUE: &str = "2YotnFZFEjr1zCsicMWpAA.mF_9.B5f-4.1JqM0123456789";

fn introspection() -> IntrospectionVerifier {
    let introspection =
        Introspection::new("https://id.example.com/introspect", ClientCredentials::basic("api", "secret"))
            .cache(10_000, Duration::from_secs(3600));
    // As the example of RFC 7662 §2.2.
    let answer = r#"{"active":true,"client_id":"l238j323ds-23ij4","username":"jdoe","scope":"me items","sub":"johndoe","iss":"https://id.example.com/","exp":4102444800,"iat":1419350238}"#;
    IntrospectionVerifier::with_endpoint(introspection, |_| Ok(answer.to_owned())).unwrap()
}

/// The name of a request, its route and its token. All others are compared with the first.
fn requests() -> [(&'static str, &'static str, HeaderValue); 4] {
    let claims = Claims::new("johndoe", "me items", Duration::from_secs(3600));
    let jwt = TokenSigner::hs256(&HmacKey::new([7; 32]).unwrap()).sign(&claims).unwrap();
    let [jwt, opaque] = [&jwt, OPAQUE].map(|token| {
        let value = HeaderValue::try_from(format!("Bearer {token}")).unwrap();
        // Servers read shared bytes.
        let _ = value.clone();
        value
    });
    [
        ("signed", "/signed", jwt.clone()),
        ("introspected", "/introspected", opaque.clone()),
        ("either, signed", "/either", jwt),
        ("either, opaque", "/either", opaque),
    ]
}

async fn round(app: &mut Router, (name, route, authorization): &(&str, &str, HeaderValue)) -> Duration {
    let request = || Request::get(*route).header(header::AUTHORIZATION, authorization.clone()).body(Body::empty());
    let requests: Vec<_> = (0..REQUESTS).map(|_| request().unwrap()).collect();
    let start = Instant::now();
    for request in requests {
        let response = app.call(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{name}");
    }
    start.elapsed()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (tokens, introspection) = (TokenVerifier::hs256(&HmacKey::new([7; 32]).unwrap()), introspection());
    let either_of = judges::jwts(tokens.clone()).otherwise(introspection.clone());
    let mut app: Router = Router::new()
        .route("/signed", get(signed))
        .route("/introspected", get(introspected))
        .route("/either", get(either))
        .with_state(App { tokens, introspection, either: either_of });
    let requests = requests();
    let mut rounds = Vec::new();
    for round_number in 0..ROUNDS + 100 {
        let mut times = [Duration::ZERO; 4];
        // Another request is first in each round.
        for place in (0..4).map(|place| (place + round_number) % 4) {
            times[place] = round(&mut app, &requests[place]).await;
        }
        rounds.push(times);
    }
    // The first rounds are for warming up.
    rounds.drain(..100);
    let mut worst: f64 = 0.0;
    println!("{:<15} {:>6} {:>8}", "request", "ratio", "ns");
    for (i, (name, ..)) in requests.iter().enumerate() {
        let ratio = median(rounds.iter().map(|times| times[i].as_secs_f64() / times[0].as_secs_f64()));
        let each = median(rounds.iter().map(|times| times[i].as_secs_f64() * 1e9 / REQUESTS as f64));
        println!("{name:<15} {ratio:>6.3} {each:>8.0}");
        worst = worst.max(ratio);
    }
    let kept = worst <= MOST;
    println!("{}: introspected over signed {worst:.3}, at most {MOST}", if kept { "kept" } else { "MISSED" });
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
