//! What is accepted, and what is refused because of which rule.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

mod hostile;
mod login;
mod nonces;
mod replay;
mod urls;

use axum::http::{HeaderValue, Method, Uri};
use axum_scopes_test_support::{Proof, ProofKey};

use super::{
    Dpop,
    proof::{CheckedProof, ProofRequest},
};

const NOW: u64 = 1_700_000_000;
const ORIGIN: &str = "https://api.example.com";
const URL: &str = "https://api.example.com/v1/items";
const TOKEN: &str = "mF_9.B5f-4.1JqM";

fn dpop() -> Dpop {
    Dpop::new(ORIGIN).unwrap()
}

fn good() -> Proof {
    ProofKey::new(1).proof("GET", URL, NOW).with_token(TOKEN)
}

/// The verdict on these headers of `GET /v1/items` with the token. A refusal is the name of its rule.
fn check_all(dpop: &Dpop, proofs: &[String], now: f64) -> Result<CheckedProof, String> {
    let proofs: Vec<_> = proofs.iter().map(|proof| HeaderValue::from_str(proof).unwrap()).collect();
    let (method, uri) = (&Method::GET, &Uri::from_static("/v1/items?page=2"));
    let algorithms = &["ES256", "EdDSA"];
    let request = ProofRequest { proofs: &proofs, method, uri, token: Some(TOKEN), algorithms };
    dpop.check(request, now).map_err(|fault| format!("{fault:?}"))
}

fn check(dpop: &Dpop, proof: &Proof) -> Result<CheckedProof, String> {
    check_all(dpop, &[proof.sign()], NOW as f64)
}
