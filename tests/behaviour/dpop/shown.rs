//! A bound token is accepted with a proof of its key, for exactly the request that the proof names.

use axum::http::Method;

use super::*;

#[tokio::test]
async fn a_bound_token_is_accepted_with_a_proof_in_any_case_of_the_scheme() {
    let (app, token) = (app(), bound("items"));
    for scheme in ["DPoP", "dpop", "DPOP"] {
        let call = app.get("/items").header("authorization", format!("{scheme} {token}"));
        let answer = call.header("dpop", proof("/items", &token).sign()).await;
        assert_eq!((answer.status(), answer.text()), (200, "amy"), "{scheme}");
    }
}

#[tokio::test]
async fn a_bound_token_is_refused_as_a_bearer_token() {
    let (app, token) = (app(), bound("items"));
    for path in ["/items", "/plain"] {
        let call = app.get(path).bearer(&token).header("dpop", proof(path, &token).sign());
        assert_eq!(call.await.status(), 401, "{path}");
    }
}

#[tokio::test]
async fn a_token_that_is_bound_to_nobody_is_refused_with_a_proof_and_accepted_as_a_bearer_token() {
    let (app, token) = (app(), unbound());
    assert_eq!(app.get("/items").bearer(&token).await.status(), 200);
    let answer = show(&app, "/items", &token, &[proof("/items", &token).sign()]).await;
    assert_eq!(answer.status(), 401);
    assert!(answer.challenge().unwrap().starts_with(r#"DPoP error="invalid_token""#), "{answer:?}");
}

#[tokio::test]
async fn a_proof_of_another_key_is_refused_as_a_bad_token() {
    let (app, token) = (app(), bound("items"));
    let stranger = ProofKey::new(2).proof("GET", &format!("{ORIGIN}/items"), now()).with_token(&token);
    let answer = show(&app, "/items", &token, &[stranger.sign()]).await;
    assert_eq!(answer.status(), 401);
    assert!(answer.challenge().unwrap().contains(r#"error="invalid_token""#), "{answer:?}");
}

#[tokio::test]
async fn the_url_is_the_one_before_routers_took_prefixes_off_it() {
    let (app, token) = (app(), bound("items"));
    for path in ["/v1/items", "/v1/deep/items"] {
        assert_eq!(show(&app, path, &token, &[proof(path, &token).sign()]).await.status(), 200, "{path}");
        assert_eq!(show(&app, path, &token, &[proof("/items", &token).sign()]).await.status(), 401, "{path}");
    }
    let proxied = app_with(dpop().stripped_prefix("/api"));
    assert_eq!(show(&proxied, "/v1/items", &token, &[proof("/api/v1/items", &token).sign()]).await.status(), 200);
    assert_eq!(show(&proxied, "/v1/items", &token, &[proof("/v1/items", &token).sign()]).await.status(), 401);
}

#[tokio::test]
async fn the_origin_is_configured_and_no_header_changes_it() {
    let (app, token) = (app(), bound("items"));
    let elsewhere = |headers: [(&'static str, &'static str); 2]| {
        let proof = key().proof("GET", "https://evil.example/items", now()).with_token(&token).with("jti", fresh());
        let call = app.get("/items").header("authorization", format!("DPoP {token}")).header("dpop", proof.sign());
        headers.into_iter().fold(call, |call, (name, value)| call.header(name, value))
    };
    for headers in [
        [("host", "evil.example"), ("x-forwarded-proto", "https")],
        [("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https")],
        [("forwarded", "host=evil.example;proto=https"), ("x-forwarded-prefix", "/")],
        [("x-original-url", "https://evil.example/items"), ("x-rewrite-url", "/items")],
    ] {
        assert_eq!(elsewhere(headers).await.status(), 401, "{headers:?}");
    }
}

#[tokio::test]
async fn query_and_fragment_are_not_part_of_the_url() {
    let (app, token) = (app(), bound("items"));
    for (asked, named) in [("/items?page=2", "/items"), ("/items", "/items?page=2"), ("/items", "/items#top")] {
        let answer = show(&app, asked, &token, &[proof(named, &token).sign()]).await;
        assert_eq!(answer.status(), 200, "{asked} {named}");
    }
}

#[tokio::test]
async fn the_method_is_compared_with_its_case() {
    let (app, token) = (app(), bound("items"));
    for (method, named, status) in
        [("GET", "GET", 200), ("POST", "POST", 200), ("POST", "GET", 401), ("GET", "get", 401)]
    {
        let proof = key().proof(named, &format!("{ORIGIN}/items"), now()).with_token(&token).with("jti", fresh());
        let call = app.call(method.parse().unwrap(), "/items").header("authorization", format!("DPoP {token}"));
        assert_eq!(call.header("dpop", proof.sign()).await.status(), status, "{method} {named}");
    }
}

#[tokio::test]
async fn a_proof_is_good_for_a_minute_before_and_after() {
    let (app, token) = (app(), bound("items"));
    for (made, status) in [(now() - 50, 200), (now() + 50, 200), (now() - 70, 401), (now() + 70, 401), (0, 401)] {
        let proof = key().proof("GET", &format!("{ORIGIN}/items"), made).with_token(&token).with("jti", fresh());
        assert_eq!(show(&app, "/items", &token, &[proof.sign()]).await.status(), status, "{made}");
    }
}

/// Nobody could confirm the other half.
#[tokio::test]
async fn a_token_that_is_bound_to_something_else_as_well_is_refused() {
    let (app, jkt) = (app(), key().thumbprint());
    for cnf in [
        "{}".to_owned(),
        "null".to_owned(),
        format!(r#""{jkt}""#),
        format!(r#"{{"jkt":"{jkt}","jwk":{{}}}}"#),
        format!(r#"{{"jkt":"{jkt}="}}"#),
        format!(r#"{{"jkt":["{jkt}"]}}"#),
        // A certificate, which nobody shows.
        format!(r#"{{"jkt":"{jkt}","x5t#S256":"{jkt}"}}"#),
    ] {
        let token = token(&format!(r#","scope":"items","cnf":{cnf}"#));
        let answer = show(&app, "/items", &token, &[proof("/items", &token).sign()]).await;
        assert_eq!(answer.status(), 401, "{cnf}");
        assert!(answer.challenge().unwrap().contains(r#"error="invalid_token""#), "{answer:?}");
        assert_eq!(app.get("/items").bearer(&token).await.status(), 401, "{cnf}");
    }
}

/// axum answers `HEAD` by the handler for `GET`.
#[tokio::test]
async fn a_proof_for_get_is_none_for_head() {
    let (app, token) = (app(), bound("items"));
    for (method, status) in [("GET", 401), ("HEAD", 200)] {
        let call = app.call(Method::HEAD, "/items").header("authorization", format!("DPoP {token}"));
        let answer = call.header("dpop", proof("/items", &token).with("htm", method).sign()).await;
        assert_eq!(answer.status(), status, "{method}");
    }
}
