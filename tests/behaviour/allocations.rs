//! The number of allocations per request, counted on the thread that handles it.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod filled;
#[path = "allocations/hostile.rs"]
mod hostile;

use std::{hint::black_box, time::Duration};

use allocation_counter::{AllocationInfo, measure};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::{body::Body, http::HeaderValue, routing::MethodRouter};
use axum_scopes::{
    Claims, HmacKey, TokenVerifier,
    jose::{Algorithm, VerificationKey},
    token::TokenSigner,
    verified, verified_as,
};
use axum_scopes_test_support::{Jws, base64url, now};
use axum_scopes_tests::prelude::*;

struct Large;

impl OAuth2Scheme for Large {
    const FLOWS: Flows = Flows::password("token");
    #[rustfmt::skip]
    const SCOPES: &[(&str, &str)] = &[
        ("s1", ""), ("s2", ""), ("s3", ""), ("s4", ""), ("s5", ""), ("s6", ""), ("s7", ""), ("s8", ""), ("s9", ""),
        ("s10", ""), ("s11", ""), ("s12", ""), ("s13", ""), ("s14", ""), ("s15", ""), ("s16", ""), ("s17", ""),
        ("s18", ""), ("s19", ""), ("s20", ""), ("s21", ""),
    ];
    const IMPLIES: &[(&str, &[&str])] = &[("s20", &["s6"])];
}

const ALL: &str = "s1 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 s12 s13 s14 s15 s16 s17 s18 s19 s21";

/// Returns what the check of the scopes allocates, including the response of a refusal. The token is the list of granted scopes.
#[security]
async fn cost_of_check(required: SecurityScopes, Bearer(token): Bearer<Large>) -> Result<AllocationInfo, AuthError> {
    let granted = Scopes::from(token.as_str());
    let mut checked = Ok(());
    let cost = measure(|| checked = required.check(black_box(&granted)));
    checked.map(|()| cost)
}

#[security]
async fn cost_of_refusal(required: SecurityScopes, Bearer(token): Bearer<Large>) -> Result<(), Cost> {
    let granted = Scopes::from(token.as_str());
    let cost = measure(|| {
        let refusal = required.check(black_box(&granted)).map_err(IntoResponse::into_response);
        assert!(black_box(refusal).is_err());
    });
    Err(Cost(cost))
}

/// An error that reports the cost of the refusal.
struct Cost(AllocationInfo);

impl IntoResponse for Cost {
    fn into_response(self) -> Response {
        shown(&self.0).into_response()
    }
}

fn shown(cost: &AllocationInfo) -> String {
    format!("{} in {} bytes", cost.count_total, cost.bytes_total)
}

macro_rules! handlers {
    ($($of_check:ident, $of_refusal:ident, $plain:ident [$($scope:literal),*];)*) => {
        $(
            #[security(scopes = [$($scope),*])]
            async fn $of_check(Depends(cost): Depends<cost_of_check>) -> String {
                shown(&cost)
            }

            #[security(scopes = [$($scope),*])]
            async fn $of_refusal(_: Depends<cost_of_refusal>) {}

            #[security(scopes = [$($scope),*])]
            async fn $plain(_: Depends<enforcer>) {}
        )*
    };
}

#[security]
async fn enforcer(required: SecurityScopes, Bearer(token): Bearer<Large>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

handlers! {
    check_one, refuse_one, one ["s1"];
    check_twenty, refuse_twenty, twenty [
        "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10",
        "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s21"
    ];
}

fn respond(app: &Router, token: &str) -> Response {
    let request = Request::get("/").header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
    now(tower::ServiceExt::oneshot(app.clone(), request)).unwrap()
}

/// The cost of a later request and its response. The first request also allocates what all requests share.
fn cost_of_request(app: &Router, token: &str, status: u16) -> AllocationInfo {
    let mut cost = AllocationInfo::default();
    for _ in 0..3 {
        cost = measure(|| assert_eq!(respond(app, token).status(), status));
    }
    cost
}

fn body(app: &Router, token: &str) -> String {
    let body = now(axum::body::to_bytes(respond(app, token).into_body(), usize::MAX)).unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[test]
fn allocations_are_counted() {
    let cost = measure(|| drop(black_box(vec![0_u8; 100])));
    assert_eq!((cost.count_total, cost.bytes_total), (1, 100));
}

#[test]
fn the_check_of_an_accepted_request_allocates_nothing() {
    let (one, twenty) = (Router::new().route("/", get(check_one)), Router::new().route("/", get(check_twenty)));
    assert_eq!(body(&one, "s1"), "0 in 0 bytes");
    assert_eq!(body(&twenty, ALL), "0 in 0 bytes");
}

/// Alternatives and included scopes are constants of the path, as names are.
#[test]
fn the_check_of_clauses_allocates_nothing() {
    #[security(scopes = ["s1", any("s2", "s3"), any("s4", "s5", "s6")])]
    async fn clauses(Depends(cost): Depends<cost_of_check>) -> String {
        shown(&cost)
    }
    let router = Router::new().route("/", get(clauses));
    for granted in ["s1 s2 s4", "s1 s3 s6", "s7 s8 s6 s3 s1", "s1 s2 s20"] {
        assert_eq!(body(&router, granted), "0 in 0 bytes", "{granted}");
    }
}

#[test]
fn required_scopes_add_no_allocation_to_an_accepted_request() {
    let (one, twenty) = (Router::new().route("/", get(one)), Router::new().route("/", get(twenty)));
    let (one, twenty) = (cost_of_request(&one, ALL, 200), cost_of_request(&twenty, ALL, 200));
    assert_eq!((one.count_total, one.bytes_total), (twenty.count_total, twenty.bytes_total));
}

#[test]
fn a_refusal_costs_the_same_for_any_number_of_scopes() {
    let (one, twenty) = (Router::new().route("/", get(refuse_one)), Router::new().route("/", get(refuse_twenty)));
    assert_eq!(body(&one, "none"), body(&twenty, "none"));
    let (one, twenty) = (Router::new().route("/", get(self::one)), Router::new().route("/", get(self::twenty)));
    assert_eq!(respond(&twenty, "none").headers()["www-authenticate"], format!("Bearer scope=\"{ALL}\""));
    let (one, twenty) = (cost_of_request(&one, "none", 401), cost_of_request(&twenty, "none", 401));
    assert_eq!((one.count_total, one.bytes_total), (twenty.count_total, twenty.bytes_total));
}

struct AppError(AuthError);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

#[security]
async fn bare_error(_: Bearer<Large>) -> Result<(), AuthError> {
    Err(AuthError::unauthorized("Gone"))
}

#[security]
async fn wrapped_error(_: Bearer<Large>) -> Result<(), AppError> {
    Err(AppError(AuthError::unauthorized("Gone")))
}

#[security]
async fn bare_handler(_: Depends<bare_error>) {}

#[security]
async fn wrapped_handler(_: Depends<wrapped_error>) {}

#[test]
fn an_error_type_around_a_refusal_allocates_nothing() {
    let cost = |handler| cost_of_request(&Router::new().route("/", handler), "x", 401);
    let (bare, wrapped) = (cost(get(bare_handler)), cost(get(wrapped_handler)));
    assert_eq!((bare.count_total, bare.bytes_total), (wrapped.count_total, wrapped.bytes_total));
}

macro_rules! chain {
    ($($name:ident, $handler:ident over $below:ident;)*) => {
        $(
            #[security(scopes = ["s1"])]
            async fn $name(_: Depends<$below>) -> Result<(), AuthError> {
                Ok(())
            }

            #[allow(dead_code, reason = "not every depth is measured")]
            #[security(scopes = ["s1"])]
            async fn $handler(_: Depends<$below>) {}
        )*
    };
}

// `handler2` is a handler with two dependencies, one below the other.
chain! {
    chain1, handler1 over enforcer;
    chain2, handler2 over chain1;
    chain3, handler3 over chain2;
    chain4, handler4 over chain3;
    chain5, handler5 over chain4;
    chain6, handler6 over chain5;
    chain7, handler7 over chain6;
    chain8, handler8 over chain7;
}

#[security(scopes = ["s1"])]
async fn both(_: Depends<chain1>, _: Depends<chain2>) {}

#[test]
fn a_dependency_below_a_handlers_own_costs_one_allocation_at_most() {
    let cost = |handler| cost_of_request(&Router::new().route("/", handler), "s1", 200).count_total;
    let one = cost(get(handler1));
    for (length, handler) in [(2, get(handler2)), (3, get(handler3)), (8, get(handler8))] {
        let below = cost(handler) - one;
        assert!(below < length, "{below} allocations more for a chain of {length} than for a chain of 1");
    }
    // One of the two has one dependency below it, the other has two. Another enforcer reads another token.
    assert!(cost(get(both)) - one <= 3);
}

#[security(scopes = ["s1"])]
async fn signed(_: Depends<verified<Large>>) {}

#[derive(serde::Deserialize)]
struct Mine {
    sub: String,
    scope: Scopes,
}

impl Grants for Mine {
    fn grants(&self, scope: &str) -> bool {
        !self.sub.is_empty() && self.scope.grants(scope)
    }
}

#[security(scopes = ["s1"])]
async fn signed_of_mine(_: Depends<verified_as<Large, Mine>>) {}

async fn bare() {}

/// The number of allocations of a later request. The first request also allocates what all requests share.
fn allocations(handler: MethodRouter<TokenVerifier>, verifier: &TokenVerifier, token: &str) -> u64 {
    let app = Router::new().route("/", handler).with_state(verifier.clone());
    // Servers read shared bytes. The first copy of an owned text would allocate to make it shareable.
    let value = HeaderValue::try_from(format!("Bearer {token}")).unwrap();
    let request = || Request::get("/").header("authorization", value.clone()).body(Body::empty()).unwrap();
    let respond = || now(tower::ServiceExt::oneshot(app.clone(), request())).unwrap();
    let costs = [(); 3].map(|()| measure(|| assert_eq!(respond().status(), 200)).count_total);
    costs[2]
}

#[test]
fn a_verified_token_costs_what_a_bare_route_does() {
    let key = HmacKey::new([7; 32]).unwrap();
    let token = TokenSigner::hs256(&key).sign(&Claims::new("johndoe", "s1 s2", Duration::from_secs(60))).unwrap();
    let verifier = TokenVerifier::hs256(&key);
    let bare = allocations(get(bare), &verifier, &token);
    assert_eq!(allocations(get(signed), &verifier, &token), bare);
    assert!(allocations(get(signed_of_mine), &verifier, &token) <= bare + 2);
}

#[test]
fn a_cached_token_costs_what_a_bare_route_does() {
    let pair = Ed25519KeyPair::generate().unwrap();
    let claims = serde_json::to_vec(&Claims::new("johndoe", "s1 s2", Duration::from_secs(60))).unwrap();
    let token = Jws::new(r#"{"alg":"EdDSA"}"#, claims).signed(|message| pair.sign(message));
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url(pair.public_key()));
    let key = VerificationKey::from_jwk(Algorithm::EdDSA, &jwk).unwrap();
    let verifier = TokenVerifier::new([key]).token_cache(100);
    assert_eq!(allocations(get(signed), &verifier, &token), allocations(get(bare), &verifier, &token));
}
