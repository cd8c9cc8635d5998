//! Declared scopes are enforced: they reach the functions below, which have to compare them.

use std::marker::PhantomData;

use axum_scopes_test_support::logged;
use axum_scopes_tests::prelude::*;

use crate::answers::{Expected, accepted, not_enough};

fn server_error() -> Expected {
    (500, None, r#"{"detail":"Internal Server Error"}"#.to_owned())
}

const NEVER_CHECKED: &str = "returned Ok without a successful SecurityScopes::check; refused";

#[security]
async fn never_checks(_required: SecurityScopes, Bearer(_): Bearer<Api>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn looks_only(required: SecurityScopes, Bearer(_): Bearer<Api>) -> Result<(), AuthError> {
    let _ = (required.scopes(), required.scope_str(), required.unauthorized("no"));
    Ok(())
}

#[security]
async fn swallows(required: SecurityScopes, Bearer(_): Bearer<Api>) -> Result<(), AuthError> {
    if let Err(error) = required.check(&["me"]) {
        drop(error);
    }
    Ok(())
}

#[security(cache)]
async fn never_checks_cached(_required: SecurityScopes, Bearer(_): Bearer<Api>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["items"])]
async fn over_never(_: Depends<never_checks>) {}

#[security(scopes = ["items"])]
async fn over_looks(_: Depends<looks_only>) {}

#[security(scopes = ["items"])]
async fn over_swallows(_: Depends<swallows>) {}

#[security]
async fn over_never_without_scopes(_: Depends<never_checks>) {}

#[security(scopes = ["items"])]
async fn over_never_cached(_: Depends<never_checks_cached>) {}

#[security(scopes = ["items"])]
async fn above(_: Depends<never_checks>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn far_over_never(_: Depends<above>) {}

#[tokio::test]
async fn unchecked_scopes_are_refused_and_logged() {
    let app = App::new(
        Router::new()
            .route("/never_checks", get(over_never))
            .route("/looks_only", get(over_looks))
            .route("/swallows", get(over_swallows))
            .route("/never_checks_cached", get(over_never_cached))
            .route("/without", get(over_never_without_scopes))
            .route("/far", get(far_over_never)),
    );
    for (path, name) in [
        ("/never_checks", "never_checks"),
        ("/looks_only", "looks_only"),
        ("/swallows", "swallows"),
        ("/never_checks_cached", "never_checks_cached"),
        ("/without", "never_checks"),
        ("/far", "never_checks"),
    ] {
        let (answer, lines) = logged(app.get(path).bearer("items+me")).await;
        assert_eq!(answer, server_error(), "{path}");
        assert_eq!(lines, [format!("ERROR {NEVER_CHECKED} dependency=\"{name}\"")], "{path}");
    }
}

/// A failed check is a mistake of the client, so its error is the answer.
#[tokio::test]
async fn the_error_of_a_failed_check_is_no_server_error() {
    let app = App::new(Router::new().route("/", get(items)));
    let (answer, lines) = logged(app.get("/").bearer("me")).await;
    assert_eq!(answer, not_enough("items"));
    assert_eq!(lines, [""; 0]);
}

#[security(scopes = ["items"])]
async fn items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[tokio::test]
async fn scopes_are_compared_byte_for_byte() {
    let app = App::new(Router::new().route("/", get(items)));
    assert_eq!(app.get("/").bearer("items").await, accepted("joe"));
    for granted in ["ITEMS", "item", "items2", "items/", "", "*", "me,items"] {
        assert_eq!(app.get("/").bearer(granted).await, not_enough("items"), "{granted}");
    }
}

#[tokio::test]
async fn every_method_of_a_route_is_enforced() {
    let app = App::new(Router::new().route("/", axum::routing::any(items)));
    for method in ["GET", "HEAD", "POST", "OPTIONS", "PURGE"] {
        let answer = app.call(method.parse().unwrap(), "/").bearer("me").await;
        assert_eq!((answer.status(), answer.challenge()), (401, Some("Bearer scope=\"items\"")), "{method}");
    }
}

#[security]
async fn edges(
    #[security(scopes = ["admin"])] Depends(strong): Depends<scopes_here>,
    Depends(weak): Depends<scopes_here>,
    #[security(scopes = ["items", "admin"])] Depends(other): Depends<scopes_here>,
) -> String {
    format!("{strong}|{weak}|{other}")
}

#[security]
async fn scopes_here(required: RequiredScopes, _: Depends<get_current_user>) -> Result<&'static str, AuthError> {
    Ok(required.scope_str())
}

#[tokio::test]
async fn scopes_of_a_parameter_reach_only_that_parameter() {
    let app = App::new(Router::new().route("/", get(edges)));
    assert_eq!(app.get("/").bearer("admin+items").await.text(), "admin||items admin");
    assert_eq!(app.get("/").bearer("items").await, not_enough("admin"));
    assert_eq!(app.get("/").bearer("admin").await, not_enough("items admin"));
}

#[security(scopes = ["admin"])]
async fn administrator(Depends(seen): Depends<scopes_here>) -> Result<&'static str, AuthError> {
    Ok(seen)
}

#[security(scopes = ["me"])]
async fn siblings(
    own: RequiredScopes,
    Depends(before): Depends<scopes_here>,
    Depends(strong): Depends<administrator>,
    Depends(after): Depends<scopes_here>,
) -> String {
    format!("{}|{before}|{strong}|{after}", own.scope_str())
}

#[tokio::test]
async fn siblings_do_not_see_each_others_scopes() {
    let app = App::new(Router::new().route("/", get(siblings)));
    assert_eq!(app.get("/").bearer("me+admin").await.text(), "me|me|me admin|me");
    assert_eq!(app.get("/").bearer("me").await, not_enough("me admin"));
}

#[security]
async fn optional_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<Option<String>, AuthError> {
    let granted = token.map(|Bearer(token)| token.as_str().to_owned());
    required.check(&granted.as_deref().map(Scopes::from))?;
    Ok(granted)
}

#[security]
async fn optional_and_seen(
    required: RequiredScopes,
    token: Option<Bearer<Api>>,
    _: Depends<optional_user>,
) -> Result<String, AuthError> {
    Ok(format!("{:?} of {}", token.is_some(), required.scope_str()))
}

#[security]
async fn anyone(Depends(user): Depends<optional_user>) -> String {
    format!("{user:?}")
}

#[security(scopes = ["items"])]
async fn someone(Depends(user): Depends<optional_user>, Depends(seen): Depends<optional_and_seen>) -> String {
    format!("{user:?} {seen}")
}

#[tokio::test]
async fn a_missing_optional_credential_is_none_and_grants_nothing() {
    let app = App::new(Router::new().route("/anyone", get(anyone)).route("/someone", get(someone)));
    assert_eq!(app.get("/anyone").await, accepted("None"));
    assert_eq!(app.get("/anyone").bearer("me").await.text(), r#"Some("me")"#);
    assert_eq!(app.get("/someone").await, not_enough("items"));
    assert_eq!(app.get("/someone").bearer("me").await, not_enough("items"));
    assert_eq!(app.get("/someone").bearer("items").await.text(), r#"Some("items") true of items"#);
}

#[security]
fn not_async(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security]
async fn of_any_scheme<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(scopes = ["items"])]
async fn over_others(_: Depends<not_async>, #[security(scopes = ["me"])] _: Depends<of_any_scheme<Api>>) {}

#[tokio::test]
async fn plain_and_generic_functions_enforce_scopes_as_well() {
    let app = App::new(Router::new().route("/", get(over_others)));
    assert_eq!(app.get("/").bearer("items me").await.status(), 200);
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
    assert_eq!(app.get("/").bearer("items").await, not_enough("items me"));
}

/// The caller decides what it passes in: a unit test, or a closure that takes a weaker dependency.
#[tokio::test]
async fn a_direct_call_enforces_nothing() {
    assert_eq!(items(Depends(User("test".to_owned()))).await, "test");
    assert_eq!(get_current_active_user(Depends(User("test".to_owned()))).await.unwrap().0, "test");
    let weaker = |user: Depends<get_current_user, Root>| async move { items(Depends(user.0)).await };
    let app = App::new(Router::new().route("/", get(weaker)));
    assert_eq!(app.get("/").bearer("me").await, accepted("joe"));
}

/// Whether `T` is an extractor.
struct Is<T>(PhantomData<T>);

impl<T: FromRequestParts<()>> Is<T> {
    const EXTRACTOR: bool = true;
}

trait Otherwise {
    const EXTRACTOR: bool = false;
}

impl<T> Otherwise for Is<T> {}

#[test]
fn types_without_a_place_in_a_tree_are_no_extractors() {
    const {
        assert!(Is::<Depends<get_current_user, Root>>::EXTRACTOR);
        assert!(Is::<Bearer<Api>>::EXTRACTOR);
        assert!(!Is::<Depends<get_current_user>>::EXTRACTOR);
        assert!(!Is::<RequiredScopes>::EXTRACTOR);
        // It would contain no scopes, and every token would cover them.
        assert!(!Is::<SecurityScopes<'static>>::EXTRACTOR);
        // The handler would run although its dependency has refused.
        assert!(!Is::<Option<Depends<get_current_user, Root>>>::EXTRACTOR);
        assert!(!Is::<Option<SecurityScopes<'static>>>::EXTRACTOR);
    }
}
