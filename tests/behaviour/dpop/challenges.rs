//! What refusals ask for: each way without a credential, and the way that was used with one.

use super::*;

#[tokio::test]
async fn without_a_credential_each_way_has_its_challenge() {
    let app = app();
    for (path, expected) in [
        ("/items", r#"Bearer scope="items", DPoP algs="ES256 EdDSA""#),
        ("/plain", r#"Bearer, DPoP algs="ES256""#),
        ("/strict", r#"DPoP scope="items", algs="ES256""#),
    ] {
        let answer = app.get(path).await;
        assert_eq!((answer.status(), answer.challenge()), (401, Some(expected)), "{path}");
    }
}

#[tokio::test]
async fn a_refusal_has_the_scheme_that_was_used() {
    let (app, weak) = (app(), bound("admin"));
    let unbound_and_weak = token(r#","scope":"admin""#);
    for (path, status, with_proof, bearer) in [
        (
            "/items",
            403,
            r#"DPoP error="insufficient_scope", scope="items", algs="ES256 EdDSA""#,
            r#"Bearer error="insufficient_scope", scope="items""#,
        ),
        (
            "/plain",
            401,
            r#"DPoP error="insufficient_scope", scope="items", algs="ES256""#,
            r#"Bearer scope="items", DPoP algs="ES256""#,
        ),
    ] {
        let answer = show(&app, path, &weak, &[proof(path, &weak).sign()]).await;
        assert_eq!((answer.status(), answer.challenge()), (status, Some(with_proof)), "{path}");
        let answer = app.get(path).bearer(&unbound_and_weak).await;
        assert_eq!((answer.status(), answer.challenge()), (status, Some(bearer)), "{path}");
    }
    let answer = app.get("/items").bearer(bound("items")).await;
    let expected = r#"Bearer error="invalid_token", scope="items", DPoP algs="ES256 EdDSA""#;
    assert_eq!((answer.status(), answer.challenge()), (401, Some(expected)));
    let token = bound("items");
    let answer = show(&app, "/items", &token, &[]).await;
    let expected = r#"DPoP error="invalid_dpop_proof", scope="items", algs="ES256 EdDSA""#;
    assert_eq!((answer.status(), answer.challenge()), (401, Some(expected)));
}

#[tokio::test]
async fn a_scheme_that_requires_proofs_reads_no_bearer_token() {
    let app = app();
    for token in [bound("items"), unbound()] {
        let answer = app.get("/strict").bearer(&token).await;
        assert_eq!((answer.status(), answer.challenge()), (401, Some(r#"DPoP scope="items", algs="ES256""#)));
    }
    let token = bound("items");
    assert_eq!(show(&app, "/strict", &token, &[proof("/strict", &token).sign()]).await.status(), 200);
    assert_eq!(show(&app, "/strict", &unbound(), &[proof("/strict", &unbound()).sign()]).await.status(), 401);
}
