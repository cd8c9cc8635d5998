//! The places that refuse, each with the body of its scheme.

use super::*;

#[tokio::test]
async fn dependencies_refuse_with_the_schemes_body() {
    let at = |route: axum::routing::MethodRouter| Router::new().route("/", route);
    every_token(at(get(items::<Mine>)), at(get(items::<Theirs>)), &TOKENS).await;
    every_token(at(get(items::<MineRfc>)), at(get(items::<TheirsRfc>)), &TOKENS).await;
}

#[tokio::test]
async fn the_body_is_made_of_the_refusal() {
    let (own, plain) =
        (Router::new().route("/", get(items::<MineRfc>)), Router::new().route("/", get(items::<TheirsRfc>)));
    let stale = || Request::get("/").header("authorization", "Bearer stale");
    let kind = ErrorKind::InsufficientUserAuthentication;
    assert_eq!(
        same_but_for_the_body((&own, &plain), stale, "", kind).await,
        json!({
            "kind": "InsufficientUserAuthentication",
            "detail": "A different or more recent login is required",
            "status": 401,
            "challenge": r#"Bearer realm="shop", error="insufficient_user_authentication", acr_values="mfa", max_age="60""#,
            "retry_after": null,
        })
    );
    let two = || Request::get("/").header("authorization", "Bearer a").header("authorization", "Bearer b");
    let answer = same_but_for_the_body((&own, &plain), two, "", ErrorKind::InvalidRequest).await;
    assert_eq!((&answer["status"], &answer["detail"]), (&json!(400), &json!("More than one credential was sent")));
}

/// A mistake of the service is refused as one, and with the scheme's body, too.
#[tokio::test]
async fn a_function_that_checks_nothing_refuses_with_the_schemes_body() {
    let (own, plain) = (Router::new().route("/", get(items::<Mine>)), Router::new().route("/", get(items::<Theirs>)));
    let request = || Request::get("/").header("authorization", "Bearer unchecked");
    let answer = same_but_for_the_body((&own, &plain), request, "", ErrorKind::ServerError).await;
    assert_eq!(answer["status"], 500);
}

#[tokio::test]
async fn error_types_of_the_service_keep_the_schemes_body() {
    let tokens =
        [("bad", ErrorKind::InvalidToken), ("unknown", ErrorKind::InvalidToken), ("busy", ErrorKind::Unavailable)];
    let at = |route: axum::routing::MethodRouter| Router::new().route("/", route);
    every_token(at(get(wrapped::<Mine>)), at(get(wrapped::<Theirs>)), &tokens).await;
    every_token(at(get(wrapped::<MineRfc>)), at(get(wrapped::<TheirsRfc>)), &tokens).await;
}

#[tokio::test]
async fn guards_refuse_with_the_schemes_body() {
    let open = || Router::new().route("/", get(async || ()));
    let own = guard!(scopes = ["items"], depends(user<Mine>)).protect(open());
    let plain = guard!(scopes = ["items"], depends(user<Theirs>)).protect(open());
    every_token(own, plain, &TOKENS).await;
}

#[tokio::test]
async fn ready_made_dependencies_refuse_with_the_schemes_body() {
    #[security(scopes = ["items"])]
    async fn ready_made<S: OAuth2Scheme>(_: Depends<verified<S>>) {}
    let verifier = TokenVerifier::hs256(&HmacKey::new("a secret of at least thirty-two bytes").unwrap());
    let own = Router::new().route("/", get(ready_made::<MineRfc>)).with_state(verifier.clone());
    let plain = Router::new().route("/", get(ready_made::<TheirsRfc>)).with_state(verifier);
    let request = || Request::get("/").header("authorization", "Bearer a.b.c");
    same_but_for_the_body((&own, &plain), request, "", ErrorKind::InvalidToken).await;
}

#[tokio::test]
async fn extractors_refuse_with_the_schemes_body() {
    for (own, plain) in [
        (get(async |_: Bearer<Mine>| ()), get(async |_: Bearer<Theirs>| ())),
        (get(async |_: HttpBasic<MineBasic>| ()), get(async |_: HttpBasic<TheirsBasic>| ())),
        (get(async |_: HttpDigest<MineDigest>| ()), get(async |_: HttpDigest<TheirsDigest>| ())),
        (get(async |_: HttpBearer<MineBearer>| ()), get(async |_: HttpBearer<TheirsBearer>| ())),
        (get(async |_: OpenIdConnect<MineConnect>| ()), get(async |_: OpenIdConnect<TheirsConnect>| ())),
        (get(async |_: ApiKeyHeader<MineKey>| ()), get(async |_: ApiKeyHeader<TheirsKey>| ())),
        (get(async |_: ApiKeyQuery<MineKey>| ()), get(async |_: ApiKeyQuery<TheirsKey>| ())),
        (get(async |_: ApiKeyCookie<MineKey>| ()), get(async |_: ApiKeyCookie<TheirsKey>| ())),
    ] {
        let (own, plain) = (Router::new().route("/", own), Router::new().route("/", plain));
        same_but_for_the_body((&own, &plain), || Request::get("/"), "", ErrorKind::NoCredential).await;
    }
    let own = Router::new().route("/", get(async |_: HttpBasic<MineBasic>| ()));
    let plain = Router::new().route("/", get(async |_: HttpBasic<TheirsBasic>| ()));
    let malformed = || Request::get("/").header("authorization", "Basic ?");
    same_but_for_the_body((&own, &plain), malformed, "", ErrorKind::InvalidToken).await;
}

#[tokio::test]
async fn handlers_refuse_with_the_body_of_the_scheme_that_they_name() {
    let handler = |refuse: fn() -> AuthError| Router::new().route("/", get(async move || refuse()));
    let own = handler(|| AuthError::unauthorized("Gone").in_style_of::<Bearer<MineRfc>>());
    let plain = handler(|| AuthError::unauthorized("Gone").in_style_of::<Bearer<TheirsRfc>>());
    same_but_for_the_body((&own, &plain), || Request::get("/"), "", ErrorKind::InvalidToken).await;
}

#[tokio::test]
async fn a_login_form_of_a_scheme_refuses_with_the_schemes_body() {
    async fn login<S: OAuth2Scheme>(_: OAuth2PasswordRequestForm<S>) {}
    let at = |route: axum::routing::MethodRouter| Router::new().route("/", route);
    let form = || Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (own, plain, status) in [
        (at(post(login::<Mine>)), at(post(login::<Theirs>)), 422),
        (at(post(login::<MineRfc>)), at(post(login::<TheirsRfc>)), 400),
    ] {
        let both = (&own, &plain);
        let answer = same_but_for_the_body(both, form, "username=joe", ErrorKind::InvalidRequest).await;
        assert_eq!(answer["status"], status);
        assert!(answer["detail"].as_str().unwrap().contains("password"), "{answer}");
        let other = "username=a&password=b&grant_type=other";
        same_but_for_the_body(both, form, other, ErrorKind::UnsupportedGrantType).await;
    }
    let (own, plain) = (at(post(login::<MineRfc>)), at(post(login::<TheirsRfc>)));
    let repeated = "username=a&username=b&password=c";
    same_but_for_the_body((&own, &plain), form, repeated, ErrorKind::InvalidRequest).await;
    assert_eq!(whole(&own, form(), repeated).await.1[CACHE_CONTROL], "no-store");
}
