//! Good proofs, and proofs that break one rule each.

use axum::http::{HeaderValue, Method, Uri};
use axum_scopes_test_support::{ProofKey, base64url, hostile_proofs};
use serde_json::json;

use super::{NOW, TOKEN, check, check_all, dpop, good};
use crate::sender::dpop::proof::ProofRequest;

#[test]
fn a_good_proof_names_its_key() {
    let checked = check(&dpop(), &good()).unwrap();
    assert_eq!(base64url(checked.thumbprint), ProofKey::new(1).thumbprint());
}

#[test]
fn hostile_proofs_are_refused_by_the_rule_that_they_break() {
    let all = hostile_proofs(&good());
    assert!(all.len() >= 100, "{}", all.len());
    for hostile in all {
        let verdict = check_all(&dpop(), &hostile.proofs, NOW as f64);
        assert_eq!(verdict.unwrap_err(), hostile.rule, "{}", hostile.name);
    }
}

#[test]
fn what_does_not_matter_is_accepted() {
    let mut named = good();
    named.header["typ"] = json!("application/DPoP+JWT");
    named.header["kid"] = json!("of no use");
    named.header["jku"] = json!("https://evil.example/never-fetched");
    named.header["x5u"] = json!("https://evil.example/never-fetched");
    named.header["jwk"]["use"] = json!("sig");
    named.header["jwk"]["key_ops"] = json!(["verify"]);
    named.header["jwk"]["alg"] = json!("ES256");
    named.header["jwk"]["kid"] = json!("1");
    let thumbprint = check(&dpop(), &named).unwrap().thumbprint;
    assert_eq!(thumbprint, check(&dpop(), &good()).unwrap().thumbprint);
    let more = good().with("nonce", "of another service").with("iss", "me").with("aud", json!([1]));
    assert!(check(&dpop(), &more.with("jti", "x".repeat(256))).is_ok());
}

#[test]
fn a_proof_is_accepted_for_sixty_seconds_either_way() {
    let at = |now: f64| check_all(&dpop(), &[good().sign()], now).is_ok();
    let made = NOW as f64;
    assert!(at(made) && at(made - 60.0) && at(made + 60.0));
    assert!(!at(made - 60.1) && !at(made + 60.1));
    let strict = dpop().leeway(std::time::Duration::from_secs(1)).max_age(std::time::Duration::from_secs(5));
    let at = |now: f64| check_all(&strict, &[good().sign()], now).is_ok();
    assert!(at(made - 1.0) && at(made + 5.0) && !at(made - 1.1) && !at(made + 5.1));
}

#[test]
fn only_the_accepted_algorithms_are_accepted() {
    let proofs = &[HeaderValue::from_str(&good().sign()).unwrap()];
    let (method, uri) = (&Method::GET, &Uri::from_static("/v1/items"));
    let with = |algorithms: &[&str]| {
        dpop().check(ProofRequest { proofs, method, uri, token: Some(TOKEN), algorithms }, NOW as f64).is_ok()
    };
    assert!(with(&["RS256", "ES256"]));
    assert!(!with(&[]) && !with(&["ES384", "EdDSA"]));
}

/// Even if somebody has configured it.
#[test]
fn a_secret_is_never_the_key_of_a_proof() {
    let secret = [7; 32];
    let header = json!({"typ": "dpop+jwt", "alg": "HS256", "jwk": {"kty": "oct", "k": base64url(secret)}});
    let proof = axum_scopes_test_support::Jws::new(header.to_string(), good().claims.to_string()).hs256(secret);
    let proofs = &[HeaderValue::from_str(&proof).unwrap()];
    let (method, uri) = (&Method::GET, &Uri::from_static("/v1/items"));
    let request = ProofRequest { proofs, method, uri, token: Some(TOKEN), algorithms: &["HS256"] };
    assert!(matches!(dpop().check(request, NOW as f64), Err(crate::sender::dpop::fault::ProofFault::Algorithm)));
}

#[test]
fn weak_rsa_keys_are_refused() {
    for (n, e, rule) in [
        (vec![255; 128], vec![1, 0, 1], "Key(Size)"),
        (vec![255; 1025], vec![1, 0, 1], "Key(Size)"),
        (vec![255; 256], vec![1], "Key(Invalid)"),
        (vec![255; 256], vec![2], "Key(Invalid)"),
        ([vec![0], vec![255; 256]].concat(), vec![1, 0, 1], "Key(Invalid)"),
    ] {
        let mut proof = good();
        proof.header["alg"] = json!("PS256");
        proof.header["jwk"] = json!({"kty": "RSA", "n": base64url(n), "e": base64url(e)});
        let proofs = &[HeaderValue::from_str(&proof.sign()).unwrap()];
        let (method, uri) = (&Method::GET, &Uri::from_static("/v1/items"));
        let request = ProofRequest { proofs, method, uri, token: Some(TOKEN), algorithms: &["PS256"] };
        assert_eq!(format!("{:?}", dpop().check(request, NOW as f64).unwrap_err()), rule);
    }
}

#[test]
fn a_proof_for_a_token_request_names_no_token() {
    let proof = ProofKey::new(1).proof("POST", "https://api.example.com/token", NOW);
    let verdict = |proof: &axum_scopes_test_support::Proof| {
        let proofs = &[HeaderValue::from_str(&proof.sign()).unwrap()];
        let (method, uri) = (&Method::POST, &Uri::from_static("/token"));
        dpop().check(ProofRequest { proofs, method, uri, token: None, algorithms: &["ES256"] }, NOW as f64)
    };
    assert!(verdict(&proof).is_ok());
    assert!(verdict(&proof.with_token(TOKEN)).is_err());
}

/// RFC 9449 §7.1, figure 12.
#[test]
fn the_proof_of_the_rfc_is_good() {
    const PROOF: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
    let proofs = &[HeaderValue::from_static(PROOF)];
    let (method, uri) = (&Method::GET, &Uri::from_static("/protectedresource"));
    let token = Some("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
    let dpop = super::Dpop::new("https://resource.example.org").unwrap();
    let request = ProofRequest { proofs, method, uri, token, algorithms: &["ES256"] };
    let checked = dpop.check(request, 1_562_262_618.0).unwrap();
    // RFC 9449 §6.1, figure 8.
    assert_eq!(base64url(checked.thumbprint), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
}

/// Each name of Ed25519 accepts the other (RFC 9864 §2.2).
#[cfg(feature = "aws_lc_rs")]
#[test]
fn a_proof_by_ed25519_is_good() {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

    let pair = Ed25519KeyPair::generate().unwrap();
    let x = base64url(pair.public_key().as_ref());
    for (alg, accepted) in [("EdDSA", "EdDSA"), ("EdDSA", "Ed25519"), ("Ed25519", "EdDSA"), ("Ed25519", "Ed25519")] {
        let header = json!({"typ": "dpop+jwt", "alg": alg, "jwk": {"kty": "OKP", "crv": "Ed25519", "x": x}});
        let jws = axum_scopes_test_support::Jws::new(header.to_string(), good().claims.to_string());
        let proofs = &[HeaderValue::from_str(&jws.signed(|message| pair.sign(message))).unwrap()];
        let (method, uri) = (&Method::GET, &Uri::from_static("/v1/items"));
        let request = ProofRequest { proofs, method, uri, token: Some(TOKEN), algorithms: &["ES256", accepted] };
        let checked = dpop().check(request, NOW as f64).unwrap();
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        assert_eq!(base64url(checked.thumbprint), axum_scopes_test_support::digest(members), "{alg} {accepted}");
    }
}
