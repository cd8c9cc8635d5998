//! Measures a request to a bare route, to an extractor that is carefully written by hand, and to the library's dependencies.
//! All requests are made in process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark")]

mod by_hand;

use std::{
    process::ExitCode,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request, State},
    http::{HeaderValue, StatusCode, header},
    routing::get,
};
use axum_scopes::{
    AuthError, Bearer, Claims, Depends, Flows, Grants, HmacKey, OAuth2Scheme, SecurityScopes, TokenVerifier, security,
    token::TokenSigner, verified, verified_as,
};
use axum_scopes_test_support::Jws;
use axum_scopes_tests::median;
use by_hand::by_hand;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use tower::Service;

const ROUNDS: usize = 1000;
const REQUESTS: usize = 50;
const MOST: f64 = 0.65;
/// The most that the refusal of a token with a wrong signature may cost, also if its header has to be parsed.
const MOST_OF_REFUSALS: f64 = 0.7;
/// The most that alternatives, and scopes that include others, may cost over plain scopes.
const MOST_OF_CLAUSES: f64 = 1.02;
const SECRET: &str = "a secret of at least thirty-two bytes";

#[derive(Clone)]
struct App {
    verifier: TokenVerifier,
    by_hand: std::sync::Arc<(DecodingKey, Validation)>,
}

impl FromRef<App> for TokenVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

async fn bare() -> String {
    "johndoe".to_owned()
}

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items."), ("admin", "Everything.")];
}

#[security(scopes = ["me"])]
async fn ready_made_user(Depends(claims): Depends<verified<Api>>) -> Result<String, AuthError> {
    Ok(claims.sub.into())
}

#[security(scopes = ["items"])]
async fn ready_made(Depends(user): Depends<ready_made_user>) -> String {
    user
}

#[security]
async fn enforcer(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(verifier): State<TokenVerifier>,
) -> Result<Claims, AuthError> {
    let claims: Claims =
        verifier.verify(token.as_str()).map_err(|_| required.unauthorized("Could not validate credentials"))?;
    required.check(&claims)?;
    Ok(claims)
}

#[security(scopes = ["me"])]
async fn own_user(Depends(claims): Depends<enforcer>) -> Result<String, AuthError> {
    Ok(claims.sub.into())
}

#[security(scopes = ["items"])]
async fn own(Depends(user): Depends<own_user>) -> String {
    user
}

/// Like the extractor that is written by hand: one function that verifies, and the handler.
#[security(scopes = ["items", "me"])]
async fn one(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

/// The same with alternatives. The token grants the first of each.
#[security(scopes = [any("items", "admin"), any("me", "admin")])]
async fn any(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

struct Layered;

impl OAuth2Scheme for Layered {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items."), ("admin", "Everything.")];
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items", "me"])];
}

/// The same where another scope includes both. The token grants them themselves.
#[security(scopes = ["items", "me"])]
async fn implied(Depends(claims): Depends<verified<Layered>>) -> String {
    claims.sub.into()
}

/// A claims type that the service defines itself.
#[derive(serde::Deserialize)]
struct OwnClaims {
    sub: String,
    scope: String,
    #[serde(rename = "exp")]
    _exp: u64,
}

impl Grants for OwnClaims {
    fn grants(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}

#[security(scopes = ["items", "me"])]
async fn typed(Depends(claims): Depends<verified_as<Api, OwnClaims>>) -> String {
    claims.sub
}

fn router() -> Router {
    let key = HmacKey::new(SECRET).unwrap();
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    validation.set_required_spec_claims(&["exp", "sub"]);
    validation.validate_nbf = true;
    let by_hand_state = (DecodingKey::from_secret(SECRET.as_bytes()), validation);
    Router::new()
        .route("/bare", get(bare))
        .route("/hand", get(by_hand))
        .route("/one", get(one))
        .route("/ready", get(ready_made))
        .route("/own", get(own))
        .route("/typed", get(typed))
        .route("/any", get(any))
        .route("/implied", get(implied))
        .with_state(App { verifier: TokenVerifier::hs256(&key), by_hand: by_hand_state.into() })
}

struct Case {
    name: &'static str,
    /// Servers read shared bytes. The first copy of an owned text would allocate to make it shareable.
    authorization: Option<HeaderValue>,
    status: StatusCode,
    /// The routes. The second one has the extractor that is written by hand.
    routes: &'static [&'static str],
}

fn cases() -> [Case; 5] {
    const GUARDED: &[&str] = &["/one", "/hand", "/ready", "/own"];
    let sign = |scopes: &str| {
        let signer = TokenSigner::hs256(&HmacKey::new(SECRET).unwrap());
        let exp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 3600;
        let claims = serde_json::json!({ "sub": "johndoe", "scope": scopes, "exp": exp });
        format!("Bearer {}", signer.sign(&claims).unwrap())
    };
    let good = sign("me items");
    let last = if good.ends_with('A') { "E" } else { "A" };
    let forged = format!("{}{last}", &good[..good.len() - 1]);
    // Only headers of good signatures are remembered, so that this one stays unknown.
    let new_header =
        Jws::new(r#"{"alg":"HS256","typ":"JWT","n":1}"#, r#"{"sub":"johndoe","scope":"me items","exp":4102444800}"#)
            .hs256("another secret of thirty-two bytes");
    let refused = StatusCode::UNAUTHORIZED;
    [
        Case {
            name: "accepted",
            authorization: Some(shared(good)),
            status: StatusCode::OK,
            routes: &["/bare", "/hand", "/one", "/ready", "/own", "/typed", "/any", "/implied"],
        },
        Case { name: "no token", authorization: None, status: refused, routes: GUARDED },
        Case { name: "bad signature", authorization: Some(shared(forged)), status: refused, routes: GUARDED },
        Case {
            name: "new header",
            authorization: Some(shared(format!("Bearer {new_header}"))),
            status: refused,
            routes: GUARDED,
        },
        Case { name: "missing scope", authorization: Some(shared(sign("me"))), status: refused, routes: GUARDED },
    ]
}

fn shared(value: String) -> HeaderValue {
    let value = HeaderValue::try_from(value).unwrap();
    let _ = value.clone();
    value
}

impl Case {
    fn request(&self, route: &str) -> Request {
        let request = Request::get(route);
        let request = match &self.authorization {
            Some(value) => request.header(header::AUTHORIZATION, value.clone()),
            None => request,
        };
        request.body(Body::empty()).unwrap()
    }

    /// The time that each route needs for all requests of a round. Another route is first in each round.
    async fn round(&self, app: &mut Router, round: usize) -> Vec<Duration> {
        let mut times = vec![Duration::ZERO; self.routes.len()];
        for place in 0..self.routes.len() {
            let place = (place + round) % self.routes.len();
            let requests: Vec<_> = (0..REQUESTS).map(|_| self.request(self.routes[place])).collect();
            let start = Instant::now();
            for request in requests {
                let response = app.call(request).await.unwrap();
                assert_eq!(response.status(), self.status, "{} {}", self.name, self.routes[place]);
            }
            times[place] = start.elapsed();
        }
        times
    }

    /// Prints the medians, and returns the ratios to the extractor that is written by hand.
    async fn measure(&self, app: &mut Router) -> Vec<f64> {
        let mut rounds = Vec::new();
        for round in 0..ROUNDS + 100 {
            rounds.push(self.round(app, round).await);
        }
        // The first rounds are for warming up.
        rounds.drain(..100);
        let place = |i: usize| {
            let ratio = median(rounds.iter().map(|times| times[i].as_secs_f64() / times[1].as_secs_f64()));
            let each = median(rounds.iter().map(|times| times[i].as_secs_f64() * 1e9 / REQUESTS as f64));
            println!("{:<14} {:<7} {ratio:>6.3} {each:>8.0}", self.name, self.routes[i]);
            ratio
        };
        (0..self.routes.len()).map(place).collect()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // With two backends in the build, jsonwebtoken does not choose one itself.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let mut app = router();
    println!("{:<14} {:<7} {:>6} {:>8}", "request", "route", "ratio", "ns");
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    for case in cases() {
        let ratios = case.measure(&mut app).await;
        match case.name {
            "accepted" => accepted = ratios,
            "bad signature" | "new header" => refused.push(ratios[0]),
            _ => {}
        }
    }
    let worst = |ratios: &[f64]| ratios.iter().copied().fold(0.0, f64::max);
    let gates = [
        ("accepted over by hand", worst(&accepted[2..]), MOST),
        ("refused over by hand", worst(&refused), MOST_OF_REFUSALS),
        ("clauses over plain scopes", worst(&accepted[6..]) / accepted[2], MOST_OF_CLAUSES),
    ];
    for (gate, ratio, most) in gates {
        println!("{}: {gate} {ratio:.3}, at most {most}", if ratio <= most { "kept" } else { "MISSED" });
    }
    if gates.iter().all(|(_, ratio, most)| ratio <= most) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
