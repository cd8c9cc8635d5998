//! Alternatives of scopes, and scopes that include others: who is let in, and what a refused client is told.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use axum_scopes::{HmacKey, TokenVerifier, guard, login::OAuth2PasswordRequestForm, testing::Overrides, verified};
use axum_scopes_test_support::Jws;
use axum_scopes_tests::prelude::*;
use serde_json::json;

use crate::answers::{accepted, not_enough};

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[
        ("me", "Read yourself."),
        ("items:read", "Read items."),
        ("items:write", "Write items."),
        ("orders", "Read orders."),
        ("audit", "Read everything."),
        ("admin", "Everything."),
    ];
    const IMPLIES: &[(&str, &[&str])] =
        &[("admin", &["items:write", "audit"]), ("items:write", &["items:read"]), ("audit", &["orders"])];
}

/// Shows the required scopes with their alternatives, if the token (scopes joined by `+`) covers them.
#[security]
async fn seen(
    required: SecurityScopes,
    shown: RequiredScopes,
    Bearer(token): Bearer<Shop>,
) -> Result<String, AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    let alternatives: Vec<_> = required.alternatives().collect();
    assert_eq!(shown.alternatives().collect::<Vec<_>>(), alternatives);
    Ok(alternatives.iter().map(|any| any.join("|")).collect::<Vec<_>>().join(" "))
}

#[security(scopes = ["me", any("orders", "items:write")])]
async fn two_ways(Depends(seen): Depends<seen>) -> String {
    seen
}

#[tokio::test]
async fn one_scope_of_each_clause_is_enough() {
    let app = App::new(Router::new().route("/", get(two_ways)));
    for enough in ["me+orders", "me+items:write", "orders+items:write+me", "admin+me", "audit+me"] {
        assert_eq!(app.get("/").bearer(enough).await, accepted("me orders|items:write"), "{enough}");
    }
    for less in
        ["me", "orders", "orders+items:write", "me+items:read", "admin", "audit", "ME+orders", "me+order", "me|orders"]
    {
        assert_eq!(app.get("/").bearer(less).await, not_enough("me orders"), "{less}");
    }
}

#[security(scopes = ["items:read"])]
async fn read(Depends(seen): Depends<seen>) -> String {
    seen
}

#[tokio::test]
async fn a_scope_that_includes_the_required_one_is_enough() {
    let app = App::new(Router::new().route("/", get(read)));
    for enough in ["items:read", "items:write", "admin"] {
        assert_eq!(app.get("/").bearer(enough).await, accepted("items:read"), "{enough}");
    }
    for less in ["audit", "orders", "me", "items"] {
        assert_eq!(app.get("/").bearer(less).await, not_enough("items:read"), "{less}");
    }
}

#[security(scopes = [any("items:read", "orders")])]
async fn weak(Depends(seen): Depends<seen>) -> Result<String, AuthError> {
    Ok(seen)
}

#[security(scopes = ["me", any("orders", "items:read")])]
async fn same_again(Depends(seen): Depends<weak>) -> Result<String, AuthError> {
    Ok(seen)
}

#[security(scopes = ["orders"])]
async fn stronger(Depends(seen): Depends<same_again>) -> String {
    seen
}

#[security(scopes = ["items:write"])]
async fn stronger_by_inclusion(Depends(seen): Depends<weak>) -> String {
    seen
}

#[security(scopes = [any("me", "items:read")])]
async fn other_choice(Depends(seen): Depends<weak>) -> String {
    seen
}

#[tokio::test]
async fn merging_keeps_the_strongest_clauses_and_asks_for_the_least_scopes() {
    let routes = Router::new()
        .route("/same", get(same_again))
        .route("/stronger", get(stronger))
        .route("/included", get(stronger_by_inclusion))
        .route("/choice", get(other_choice));
    let app = App::new(routes);
    for (path, enough, seen, less, asked) in [
        // The same alternatives in another order are the same clause.
        ("/same", "orders+me", "me orders|items:read", "orders", "me orders"),
        ("/stronger", "orders+me", "orders me", "items:read+me", "orders me"),
        ("/included", "admin", "items:write", "items:read", "items:write"),
        // `items:read` meets both clauses, so a client needs neither `me` nor `orders`.
        ("/choice", "orders+me", "me|items:read items:read|orders", "me", "items:read"),
    ] {
        assert_eq!(app.get(path).bearer(enough).await, accepted(seen), "{path}");
        assert_eq!(app.get(path).bearer(less).await, not_enough(asked), "{path}");
    }
}

#[security]
async fn edges(
    #[security(scopes = [any("orders", "items:read")])] Depends(left): Depends<seen>,
    #[security(scopes = ["me"])] Depends(right): Depends<seen>,
) -> String {
    format!("{left} and {right}")
}

#[tokio::test]
async fn the_clause_of_a_parameter_reaches_this_parameter_alone() {
    let app = App::new(Router::new().route("/", get(edges)));
    assert_eq!(app.get("/").bearer("me+orders").await, accepted("orders|items:read and me"));
    assert_eq!(app.get("/").bearer("me").await, not_enough("orders"));
    assert_eq!(app.get("/").bearer("items:read").await, not_enough("me"));
}

/// The run of the function, in a tree where `cache` keeps its result.
#[security(cache)]
async fn run(required: SecurityScopes, Bearer(token): Bearer<Shop>) -> Result<usize, AuthError> {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    Ok(RUNS.fetch_add(1, SeqCst))
}

#[security]
async fn runs(
    #[security(scopes = [any("me", "orders")])] Depends(a): Depends<run>,
    #[security(scopes = [any("orders", "me")])] Depends(b): Depends<run>,
    #[security(scopes = ["me"])] Depends(c): Depends<run>,
    #[security(scopes = [any("me", "audit")])] Depends(d): Depends<run>,
) -> String {
    format!("{} {} {}", b - a, c - a, d - a)
}

#[tokio::test]
async fn a_cached_result_serves_the_same_clauses_alone() {
    let app = App::new(Router::new().route("/", get(runs)));
    assert_eq!(app.get("/").bearer("me").await.text(), "0 1 2");
    assert_eq!(app.get("/").bearer("orders").await, not_enough("me"));
}

#[tokio::test]
async fn guards_add_clauses() {
    let guard = guard!(scopes = [any("items:read", "orders")], depends(seen));
    let app = App::new(guard.protect(Router::new().route("/", get(two_ways))));
    assert_eq!(app.get("/").bearer("me+orders").await.status(), 200);
    assert_eq!(app.get("/").bearer("admin+me").await.status(), 200);
    assert_eq!(app.get("/").bearer("me").await, not_enough("items:read"));
    assert_eq!(app.get("/").bearer("items:read").await, not_enough("me orders"));
}

#[tokio::test]
async fn replaced_principals_are_checked_in_the_same_way() {
    let router = Router::new().route("/two", get(two_ways)).route("/included", get(stronger_by_inclusion));
    for (granted, two, included) in [
        (&["me", "audit"][..], 200, 401),
        (&["admin", "me"], 200, 200),
        (&["admin"], 401, 200),
        (&["orders"], 401, 401),
    ] {
        let overrides = Overrides::<()>::new().principal::<seen>("amy".to_owned(), granted.to_vec());
        let app = App::new(overrides.apply(router.clone()));
        let answers = (app.get("/two").await, app.get("/included").await);
        assert_eq!((answers.0.status(), answers.1.status()), (two, included), "{granted:?}");
    }
    let overrides = Overrides::<()>::new().replace::<seen, seen_by_another>();
    let app = App::new(overrides.apply(router));
    assert_eq!(app.get("/two").bearer("admin").await, not_enough("me orders"));
    assert_eq!(app.get("/included").bearer("admin").await.status(), 200);
}

#[security]
async fn seen_by_another(Depends(seen): Depends<seen>) -> Result<String, AuthError> {
    Ok(seen)
}

#[security(scopes = [any("orders", "items:read")])]
async fn with_claims(Depends(claims): Depends<verified<Shop>>) -> String {
    claims.scope.to_string()
}

#[tokio::test]
async fn verified_tokens_are_checked_in_the_same_way() {
    let key = HmacKey::new([7; 32]).unwrap();
    let router = Router::new().route("/", get(with_claims)).with_state(TokenVerifier::hs256(&key));
    let app = App::new(router);
    let token = |scope: &str| {
        let claims = json!({"sub": "joe", "exp": 9_999_999_999_u64, "scope": scope}).to_string();
        Jws::new(r#"{"alg":"HS256"}"#, claims).hs256([7; 32])
    };
    for (scope, status) in
        [("orders", 200), ("items:read", 200), ("admin", 200), ("audit", 200), ("me", 401), ("", 401)]
    {
        assert_eq!(app.get("/").bearer(token(scope)).await.status(), status, "{scope}");
    }
}

/// Whoever may have `items:write` may ask for less.
#[tokio::test]
async fn a_login_grants_scopes_that_an_allowed_one_includes() {
    let form = |scopes: &str| OAuth2PasswordRequestForm::<Shop> {
        username: "joe".to_owned(),
        password: "secret".into(),
        scopes: Scopes::from(scopes),
        client_id: None,
        client_secret: None,
    };
    for (requested, allowed, granted) in [
        ("items:read", "items:write", "items:read"),
        ("items:read orders me", "admin", "items:read orders"),
        ("items:write", "items:read", ""),
        ("admin", "items:write audit", ""),
        ("items", "admin", ""),
    ] {
        assert_eq!(form(requested).grant(&Scopes::from(allowed)).as_str(), granted, "{requested} of {allowed}");
    }
}

/// A service's own grants are asked for the required scope first, and for no scope that has nothing to do with it.
#[tokio::test]
async fn grants_are_asked_for_what_is_required_and_for_what_includes_it() {
    #[derive(Default)]
    struct Asked(RefCell<Vec<String>>);
    impl Grants for Asked {
        fn grants(&self, scope: &str) -> bool {
            self.0.borrow_mut().push(scope.to_owned());
            scope == "items:write"
        }
    }
    #[security]
    async fn ask(required: SecurityScopes, _: Bearer<Shop>) -> Result<String, AuthError> {
        let asked = Asked::default();
        required.check(&asked)?;
        Ok(asked.0.take().join(" "))
    }
    #[security(scopes = ["items:read"])]
    async fn read(Depends(asked): Depends<ask>) -> String {
        asked
    }
    let app = App::new(Router::new().route("/", get(read)));
    assert_eq!(app.get("/").bearer("x").await.text(), "items:read items:write");
}
