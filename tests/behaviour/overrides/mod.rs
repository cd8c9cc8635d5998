//! Dependencies replaced for tests: what a replacement sees, where it stands, and whom it lets in.

mod kept;
mod principals;
mod refusals;

use axum_scopes::{guard, testing::Overrides};
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_authenticated, not_enough};

/// What no test should call.
#[security]
async fn real(required: SecurityScopes, _: Bearer<Api>) -> Result<String, AuthError> {
    Err(required.unauthorized("the real one"))
}

#[security(scopes = ["me"])]
async fn active(Depends(text): Depends<real>) -> Result<String, AuthError> {
    Ok(format!("active {text}"))
}

#[security(scopes = ["items"])]
async fn deep(Depends(text): Depends<active>) -> String {
    text
}

#[security(scopes = ["admin"])]
async fn flat(Depends(text): Depends<real>) -> String {
    text
}

#[security]
async fn on_edge(#[security(scopes = ["items"])] Depends(text): Depends<real>) -> String {
    text
}

#[security]
async fn without(Depends(text): Depends<real>) -> String {
    text
}

fn router() -> Router {
    Router::new()
        .route("/deep", get(deep))
        .route("/flat", get(flat))
        .route("/edge", get(on_edge))
        .route("/without", get(without))
}

#[security]
async fn reads(seen: RequiredScopes) -> Result<String, AuthError> {
    Ok(format!("[{}] {}", seen.scope_str(), seen.scopes().len()))
}

#[security]
async fn enforces(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    Ok(format!("[{}] {}", required.scope_str(), required.scopes().len()))
}

const SEEN: [(&str, &str); 4] =
    [("/deep", "active [items me] 2"), ("/flat", "[admin] 1"), ("/edge", "[items] 1"), ("/without", "[] 0")];

#[tokio::test]
async fn a_replacement_reads_the_scopes_of_the_original_wherever_that_stands() {
    let app = App::new(Overrides::<()>::new().replace::<real, reads>().apply(router()));
    for (path, seen) in SEEN {
        assert_eq!(app.get(path).bearer("").await, accepted(seen), "{path}");
    }
}

#[tokio::test]
async fn a_replacement_enforces_the_scopes_of_the_original_wherever_that_stands() {
    let app = App::new(Overrides::<()>::new().replace::<real, enforces>().apply(router()));
    for (path, seen) in SEEN {
        assert_eq!(app.get(path).bearer("items+me+admin").await, accepted(seen), "{path}");
    }
    assert_eq!(app.get("/deep").bearer("me").await, not_enough("items me"));
    assert_eq!(app.get("/flat").bearer("me").await, not_enough("admin"));
    assert_eq!(app.get("/edge").bearer("me").await, not_enough("items"));
    let nobody = Request::get("/deep").body(axum::body::Body::empty()).unwrap();
    assert_eq!(app.send(nobody).await, not_authenticated());
}

#[test]
fn debug_shows_how_many_functions_are_replaced() {
    let overrides = Overrides::<()>::new().replace::<real, reads>().replace::<active, reads>();
    assert_eq!(format!("{overrides:?}"), "Overrides(2)");
}

/// A replacement forgets as little as an original.
#[security]
async fn forgets(required: SecurityScopes, _: Bearer<Api>) -> Result<String, AuthError> {
    Ok(required.scope_str().to_owned())
}

#[tokio::test]
async fn a_replacement_that_does_not_check_is_refused() {
    let app = App::new(Overrides::<()>::new().replace::<real, forgets>().apply(router()));
    assert_eq!(app.get("/flat").bearer("admin").await.status(), 500);
}

#[security(scopes = ["items", "admin"])]
async fn with_its_own(
    #[security(scopes = ["me"])] Depends(edge): Depends<enforces>,
    Depends(plain): Depends<reads>,
    seen: RequiredScopes,
) -> Result<String, AuthError> {
    Ok(format!("{edge} | {plain} | {}", seen.scope_str()))
}

#[tokio::test]
async fn below_a_replacement_the_scopes_are_merged_as_anywhere() {
    let app = App::new(Overrides::<()>::new().replace::<real, with_its_own>().apply(router()));
    let all = "items+me+admin";
    let below = "[items admin me] 3 | [items admin] 2 | items admin";
    assert_eq!(app.get("/edge").bearer(all).await, accepted(below));
    assert_eq!(app.get("/without").bearer(all).await, accepted(below));
    assert_eq!(app.get("/flat").bearer(all).await, accepted("[admin items me] 3 | [admin items] 2 | admin items"));
    let deep = "active [items me admin] 3 | [items me admin] 3 | items me admin";
    assert_eq!(app.get("/deep").bearer(all).await, accepted(deep));
    assert_eq!(app.get("/deep").bearer("items+me").await, not_enough("items me admin"));
    assert_eq!(app.get("/edge").bearer("items+me").await, not_enough("items admin me"));
}

#[tokio::test]
async fn a_function_in_the_middle_is_replaced_with_all_below_it() {
    let app = App::new(Overrides::<()>::new().replace::<active, reads>().apply(router()));
    // The original's own scopes are required where it stands: they are seen.
    assert_eq!(app.get("/deep").bearer("").await, accepted("[items me] 2"));
    // Elsewhere the function below it is as real as before.
    assert_eq!(app.get("/flat").bearer("").await.text(), r#"{"detail":"the real one"}"#);
}

#[tokio::test]
async fn replacements_below_replacements_are_used() {
    let overrides = || Overrides::<()>::new().replace::<real, with_its_own>();
    let app = App::new(overrides().replace::<reads, fixed>().replace::<enforces, fixed>().apply(router()));
    assert_eq!(app.get("/edge").bearer("").await, accepted("fixed | fixed | items admin"));
}

#[security]
async fn fixed() -> Result<String, AuthError> {
    Ok("fixed".to_owned())
}

#[tokio::test]
async fn of_two_replacements_the_last_counts() {
    let app = App::new(Overrides::<()>::new().replace::<real, reads>().replace::<real, fixed>().apply(router()));
    assert_eq!(app.get("/flat").bearer("").await, accepted("fixed"));
}

#[tokio::test]
async fn only_that_router_has_replacements() {
    let original = router();
    let replaced = Overrides::<()>::new().replace::<real, fixed>().apply(original.clone());
    let beside = Router::new().nest("/replaced", replaced.clone()).nest("/real", original.clone());
    for (app, path) in [(&original, "/flat"), (&beside, "/real/flat")] {
        let app = App::new(app.clone());
        assert_eq!(app.get(path).bearer("").await.text(), r#"{"detail":"the real one"}"#, "{path}");
    }
    for (app, path) in [(&replaced, "/flat"), (&beside, "/replaced/flat")] {
        let app = App::new(app.clone());
        assert_eq!(app.get(path).bearer("").await, accepted("fixed"), "{path}");
    }
    let late = App::new(replaced.route("/late", get(flat)));
    assert_eq!(late.get("/late").bearer("").await.text(), r#"{"detail":"the real one"}"#);
}

#[tokio::test]
async fn guards_inside_are_replaced_too() {
    let guarded = guard!(scopes = ["admin"], depends(enforces)).protect(router());
    assert_eq!(App::new(guarded.clone()).get("/flat").bearer("").await, not_enough("admin"));
    let app = App::new(Overrides::<()>::new().replace::<real, fixed>().replace::<enforces, fixed>().apply(guarded));
    assert_eq!(app.get("/flat").bearer("").await, accepted("fixed"));
}

#[security]
async fn wrapping(Depends(text): Depends<plain>) -> Result<String, AuthError> {
    Ok(format!("({text})"))
}

#[security]
async fn plain() -> Result<String, AuthError> {
    Ok("plain".into())
}

#[security]
async fn shows(Depends(text): Depends<plain>) -> String {
    text
}

#[tokio::test]
async fn a_replacement_that_depends_on_the_original_gets_it() {
    let app: Router = Router::new().route("/", get(shows));
    let app = App::new(Overrides::<()>::new().replace::<plain, wrapping>().apply(app));
    assert_eq!(app.get("/").bearer("").await, accepted("(plain)"));
}
