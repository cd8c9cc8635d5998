//! Tokens that are bound to the wrong thing, or shown in the wrong way.

use super::{app, ask, bound, is_refused, key, proof, proof_for, token_with};

#[tokio::test]
async fn a_bound_token_is_no_bearer_token() {
    let answer = app().get("/v1/items").bearer(bound()).await;
    is_refused(&answer, 401, r#"Bearer error="invalid_token""#);
    // Not even with a proof.
    let answer = app().get("/v1/items").bearer(bound()).header("dpop", proof().sign()).await;
    is_refused(&answer, 401, r#"Bearer error="invalid_token""#);
}

#[tokio::test]
async fn an_unbound_token_is_a_bearer_token_only() {
    let token = token_with("");
    assert_eq!(app().get("/v1/items").bearer(&token).await.status(), 200);
    let proof = key().proof("GET", super::URL, crate::token::verify::now() as u64).with_token(&token).sign();
    let call = app().get("/v1/items").header("authorization", format!("DPoP {token}")).header("dpop", proof);
    is_refused(&call.await, 401, r#"DPoP error="invalid_token""#);
}

#[tokio::test]
async fn a_token_that_is_bound_to_something_unknown_is_refused() {
    let jkt = key().thumbprint();
    for cnf in [
        "{}".to_owned(),
        "null".to_owned(),
        r#""x""#.to_owned(),
        r#"{"jwk":{}}"#.to_owned(),
        format!(r#"{{"jkt":"{jkt}","jwk":{{}}}}"#),
        format!(r#"{{"jkt":"{jkt}="}}"#),
        format!(r#"{{"jkt":["{jkt}"]}}"#),
        // Bound to a certificate, too, which nobody shows.
        format!(r#"{{"jkt":"{jkt}","x5t#S256":"{jkt}"}}"#),
    ] {
        let token = token_with(&cnf);
        let proof = proof().with_token(&token).sign();
        let call = app().get("/v1/items").header("authorization", format!("DPoP {token}")).header("dpop", proof);
        is_refused(&call.await, 401, r#"error="invalid_token""#);
        is_refused(&app().get("/v1/items").bearer(&token).await, 401, r#"error="invalid_token""#);
    }
}

#[tokio::test]
async fn without_a_credential_both_ways_are_offered() {
    let answer = app().get("/v1/items").await;
    is_refused(&answer, 401, r#"DPoP algs="ES256 EdDSA""#);
    is_refused(&answer, 401, "Bearer");
    // A proof alone is no credential.
    let answer = app().get("/v1/items").header("dpop", proof().sign()).await;
    is_refused(&answer, 401, r#"DPoP algs="ES256 EdDSA""#);
}

#[tokio::test]
async fn a_scheme_may_require_that_tokens_are_bound() {
    let answer = app().get("/v1/bound").await;
    is_refused(&answer, 401, r#"DPoP algs="ES256""#);
    assert!(!answer.challenges().join(", ").contains("Bearer"), "{answer:?}");
    assert_eq!(app().get("/v1/bound").bearer(token_with("")).await.status(), 401);
    let call = app().get("/v1/bound").header("authorization", format!("DPoP {}", bound()));
    let proof = proof_for("https://api.example.com/v1/bound").sign();
    assert_eq!(call.header("dpop", proof).await.status(), 200);
}

#[tokio::test]
async fn refusals_tell_nothing_of_token_and_proof() {
    let proof = proof().with("htm", "POST").sign();
    let answer = ask(&app(), [&proof]).await;
    let shown = format!("{answer:?}");
    assert!(!shown.contains(&proof) && !shown.contains(&bound()), "{shown}");
}
