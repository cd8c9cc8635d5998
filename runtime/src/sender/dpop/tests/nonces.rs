//! Nonces: who knows them, and for how long.

use axum::{Router, routing::get};
use axum_scopes_test_support::{App, Proof};

use super::{NOW, check_all, dpop, good};
use crate::{
    jose::HmacKey,
    sender::dpop::{Dpop, Nonces, fault::ProofFault},
    token::VerifyError,
};

fn nonces(key: u8) -> Nonces {
    Nonces::new(&HmacKey::new([key; 32]).unwrap()).unwrap()
}

/// The nonce that is handed out at a time.
fn at(now: u64) -> String {
    nonces(1).current(now as f64).to_str().unwrap().to_owned()
}

fn with_nonces() -> Dpop {
    dpop().nonces(nonces(1))
}

fn is_accepted(proof: &Proof, now: u64) -> bool {
    check_all(&with_nonces(), &[proof.sign()], now as f64).is_ok()
}

#[test]
fn a_nonce_is_valid_until_the_end_of_the_next_minute() {
    let start = NOW - NOW % 60;
    let nonce = at(start);
    assert_eq!((nonce.len(), at(start + 59)), (43, nonce.clone()));
    assert_ne!(at(start + 60), nonce);
    let proof = good().with("nonce", nonce);
    for (now, is_valid) in [(start, true), (start + 119, true), (start + 120, false), (start - 1, false)] {
        assert_eq!(is_accepted(&proof, now), is_valid, "{now}");
    }
}

#[test]
fn replicas_with_the_same_key_know_each_others_nonces() {
    let now = NOW as f64;
    assert_eq!(nonces(1).current(now), nonces(1).current(now));
    assert!(nonces(1).is_valid(&at(NOW), now));
    assert!(!nonces(2).is_valid(&at(NOW), now));
}

#[test]
fn a_valid_nonce_stands_in_for_the_clock() {
    let nonce = at(NOW);
    assert!(is_accepted(&good().with("nonce", nonce.clone()).with("iat", NOW - 86_400), NOW));
    assert!(is_accepted(&good().with("nonce", nonce.clone()).with("iat", NOW + 86_400), NOW));
    let mut without = good().with("nonce", nonce);
    without.claims.as_object_mut().unwrap().remove("iat");
    assert!(!is_accepted(&without, NOW));
}

#[test]
fn without_a_valid_nonce_the_client_gets_a_fresh_one() {
    let nonce = at(NOW);
    let of_another_key = nonces(2).current(NOW as f64).to_str().unwrap().to_owned();
    let (short, long) = (&nonce[..42], format!("{nonce}A"));
    for nonce in ["", "x", short, &long, &format!("{nonce}="), &of_another_key, &at(NOW - 600), &nonce.to_uppercase()] {
        let verdict = check_all(&with_nonces(), &[good().with("nonce", nonce).sign()], NOW as f64);
        assert_eq!(verdict.unwrap_err(), format!("Nonce({:?})", at(NOW)), "{nonce:?}");
    }
    assert!(check_all(&with_nonces(), &[good().sign()], NOW as f64).is_err_and(|rule| rule.contains(&at(NOW))));
}

/// A nonce costs a round trip, so only a client with a good proof is sent for one.
#[test]
fn the_proof_is_checked_before_its_nonce() {
    let wrong = good().with("htm", "POST");
    assert_eq!(check_all(&with_nonces(), &[wrong.sign()], NOW as f64).unwrap_err(), "Method");
}

#[test]
fn a_fault_says_what_the_client_is_told() {
    let nonce = nonces(1).current(NOW as f64);
    let told = |fault: ProofFault| VerifyError::from(fault);
    assert!(
        matches!(told(ProofFault::Nonce(nonce.clone())), VerifyError::Proof { nonce: Some(fresh), .. } if fresh == nonce)
    );
    let VerifyError::Proof { nonce: None, source } = told(ProofFault::Replayed) else { panic!("not about the proof") };
    assert_eq!(source.to_string(), "the proof was used before");
}

#[tokio::test]
async fn answers_to_requests_with_proofs_bring_a_fresh_nonce() {
    let routes = Router::new().route("/", get(async || ([("cache-control", "max-age=60")], "")));
    let app = |dpop: Dpop| App::new(routes.clone().layer(dpop.nonce_layer()));
    let answer = app(with_nonces()).get("/").header("dpop", "any").await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(nonces(1).is_valid(answer.header("dpop-nonce").unwrap(), crate::token::verify::now()));
    // Nobody else has a use for one.
    for answer in [app(with_nonces()).get("/").await, app(dpop()).get("/").header("dpop", "any").await] {
        assert_eq!((answer.header("cache-control"), answer.header("dpop-nonce")), (Some("max-age=60"), None));
    }
    let refused = app(with_nonces()).get("/missing").header("dpop", "any").await;
    assert_eq!((refused.status(), refused.header("cache-control")), (404, Some("no-store")));
}

#[test]
fn no_key_is_shown() {
    let shown = format!("{:?} {:?}", nonces(1), with_nonces());
    assert!(shown.contains("Nonces([redacted])") && !shown.contains("1, 1"), "{shown}");
}
