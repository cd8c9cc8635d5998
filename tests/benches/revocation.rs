//! Measures a request with an access token of the login, whose session is looked up in memory, against the same token at a
//! `TokenVerifier` with the same key and rules. All requests are made in process. The signature is in the cache of both, because its
//! verification is many times what is measured.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark")]

use std::{
    process::ExitCode,
    time::{Duration, Instant, SystemTime},
};

use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request},
    http::{HeaderValue, StatusCode, header},
    routing::get,
};
use axum_scopes::{
    Depends, Flows, OAuth2Scheme, Scopes, TokenVerifier,
    jose::{Algorithm, VerificationKey},
    login::{
        AccessGrant, AccessTokens, Revocations, SessionVerifier, SigningKeys,
        store::{Ended, SessionId},
    },
    security, verified,
};
use axum_scopes_tests::median;
use tower::Service;

const ROUNDS: usize = 2000;
const REQUESTS: usize = 50;
/// The most nanoseconds that a request may cost more.
const MOST: f64 = 60.0;
const ISSUER: &str = "https://id.example.com";
const AUDIENCE: &str = "https://api.example.com";
const HOUR: Duration = Duration::from_secs(3600);

/// One list is empty, and one is long.
#[derive(Clone, FromRef)]
struct App {
    tokens: TokenVerifier,
    sessions: SessionVerifier,
}

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

#[security(scopes = ["items", "me"])]
async fn plain(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

#[security(scopes = ["items", "me"])]
async fn session(Depends(claims): Depends<verified<Api, SessionVerifier>>) -> String {
    claims.sub.into()
}

const NAMES: [&str; 4] = ["plain", "plain again", "nothing ended", "10,000 ended"];

/// A router for each name, and the token for all of them.
fn apps() -> ([(Router, &'static str); 4], HeaderValue) {
    let keys = SigningKeys::from_jwks(&SigningKeys::generate(SystemTime::now(), HOUR).unwrap()).unwrap();
    let public = VerificationKey::from_jwks(&[Algorithm::ES256], &keys.jwks()).unwrap();
    let access = AccessTokens::new(keys, ISSUER, AUDIENCE).lifetime(HOUR);
    let scope = Scopes::from("me items");
    let session_id = SessionId::from_bytes([7; 16]);
    let grant = AccessGrant { subject: "johndoe", client_id: "web", scope: &scope, session: session_id, cnf: None };
    let token = HeaderValue::try_from(format!("Bearer {}", access.sign(&grant).unwrap())).unwrap();
    // Servers read shared bytes.
    let _ = token.clone();

    let tokens = TokenVerifier::new(public).rfc9068(ISSUER, AUDIENCE).token_cache(10_000);
    let app = |ended: u32| {
        let revocations = Revocations::new(HOUR, HOUR);
        let id = |number: u32| {
            SessionId::from_bytes(
                u128::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes(),
            )
        };
        let at = SystemTime::now();
        let ended: Vec<_> = (1..=ended).map(|number| Ended { session: id(number), at }).collect();
        revocations.update(at, &ended);
        let state = App { tokens: tokens.clone(), sessions: access.verifier(&revocations).token_cache(10_000) };
        Router::new().route("/plain", get(plain)).route("/session", get(session)).with_state(state)
    };
    let apps = [(app(0), "/plain"), (app(0), "/plain"), (app(0), "/session"), (app(10_000), "/session")];
    (apps, token)
}

async fn round(app: &mut Router, route: &str, authorization: &HeaderValue) -> Duration {
    let request = || Request::get(route).header(header::AUTHORIZATION, authorization.clone()).body(Body::empty());
    let requests: Vec<_> = (0..REQUESTS).map(|_| request().unwrap()).collect();
    let start = Instant::now();
    for request in requests {
        let response = app.call(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{route}");
    }
    start.elapsed()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut apps, token) = apps();
    let mut rounds = Vec::new();
    for round_number in 0..ROUNDS + 100 {
        let mut times = [0.0; 4];
        // Another request is first in each round.
        for place in (0..4).map(|place| (place + round_number) % 4) {
            let (app, route) = &mut apps[place];
            times[place] = round(app, route, &token).await.as_secs_f64() * 1e9 / REQUESTS as f64;
        }
        rounds.push(times);
    }
    // The first rounds are for warming up.
    rounds.drain(..100);
    let least = |i: usize| rounds.iter().map(|times| times[i]).fold(f64::INFINITY, f64::min);
    let mut worst: f64 = 0.0;
    println!("{:<15} {:>8} {:>8} {:>12} {:>12}", "request", "ns", "least", "more", "more (least)");
    for (i, name) in NAMES.iter().enumerate() {
        let each = median(rounds.iter().map(|times| times[i]));
        let more = median(rounds.iter().map(|times| times[i] - times[0]));
        println!("{name:<15} {each:>8.0} {:>8.0} {more:>12.1} {:>12.1}", least(i), least(i) - least(0));
        worst = worst.max(more);
    }
    let kept = worst <= MOST;
    println!("{}: a looked-up session costs {worst:.1} ns, at most {MOST}", if kept { "kept" } else { "MISSED" });
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
