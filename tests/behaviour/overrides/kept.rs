//! Replacements of functions with `cache`, and replacements for one type of state.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use axum_scopes::testing::Overrides;
use axum_scopes_tests::prelude::*;

use super::{reads, real};
use crate::answers::accepted;

#[derive(Clone, Default)]
struct Calls(Arc<AtomicUsize>);

#[security(cache)]
async fn counted(State(Calls(calls)): State<Calls>) -> Result<usize, AuthError> {
    Ok(calls.fetch_add(1, SeqCst))
}

#[security(cache)]
async fn cached(State(Calls(calls)): State<Calls>) -> Result<usize, AuthError> {
    Ok(100 + calls.fetch_add(1, SeqCst))
}

#[security]
async fn fresh(State(Calls(calls)): State<Calls>) -> Result<usize, AuthError> {
    Ok(1000 + calls.fetch_add(1, SeqCst))
}

#[security]
async fn twice(Depends(first): Depends<counted>, Depends(second): Depends<counted>) -> String {
    format!("{first} {second}")
}

#[tokio::test]
async fn a_replacement_is_cached_if_it_says_so_itself() {
    let overrides = Overrides::<Calls>::new;
    for (overrides, counts) in [
        (overrides(), "0 0"),
        (overrides().replace::<counted, cached>(), "100 100"),
        (overrides().replace::<counted, fresh>(), "1000 1001"),
    ] {
        let app = App::new(overrides.apply(Router::new().route("/", get(twice)).with_state(Calls::default())));
        assert_eq!(app.get("/").bearer("").await, accepted(counts));
    }
}

#[security]
async fn uncached() -> Result<usize, AuthError> {
    Ok(0)
}

#[security]
async fn log(_: Depends<uncached>, request: Request, next: Next) -> Response {
    next.run(request).await
}

#[security]
async fn once(Depends(count): Depends<uncached>) -> String {
    count.to_string()
}

#[security]
async fn uncached_twice(Depends(first): Depends<uncached>, Depends(second): Depends<uncached>) -> String {
    format!("{first} {second}")
}

#[tokio::test]
async fn a_replacement_is_cached_though_its_original_is_not() {
    let app = Router::new().route("/", get(uncached_twice)).with_state(Calls::default());
    let app = App::new(Overrides::<Calls>::new().replace::<uncached, cached>().apply(app));
    assert_eq!(app.get("/").bearer("").await, accepted("100 100"));
}

/// The originals keep nothing, so nothing says where their trees end.
#[tokio::test]
async fn a_cached_replacement_never_answers_for_another_tree() {
    let of_service = Calls(Arc::new(7.into()));
    let service = Router::new().route("/", get(once)).with_state(of_service);
    let app = service.layer(axum::middleware::from_fn_with_state(Calls::default(), log));
    let app = App::new(Overrides::<Calls>::new().replace::<uncached, cached>().apply(app));
    assert_eq!(app.get("/").bearer("").await, accepted("107"));
}

#[security(cache)]
async fn cached_by_scopes(seen: RequiredScopes, State(Calls(calls)): State<Calls>) -> Result<usize, AuthError> {
    Ok(10 * seen.scopes().len() + calls.fetch_add(1, SeqCst))
}

#[security(cache)]
async fn counted_user(required: SecurityScopes, _: Bearer<Api>) -> Result<usize, AuthError> {
    Err(required.unauthorized("the real one"))
}

#[security]
async fn weak_and_strong(
    #[security(scopes = ["me"])] Depends(weak): Depends<counted_user>,
    #[security(scopes = ["items", "me"])] Depends(strong): Depends<counted_user>,
    #[security(scopes = ["me", "items"])] Depends(same): Depends<counted_user>,
) -> String {
    format!("{weak} {strong} {same}")
}

#[tokio::test]
async fn a_cached_replacement_never_answers_for_other_scopes() {
    let app = Router::new().route("/", get(weak_and_strong)).with_state(Calls::default());
    let app = App::new(Overrides::<Calls>::new().replace::<counted_user, cached_by_scopes>().apply(app));
    assert_eq!(app.get("/").bearer("").await, accepted("10 21 21"));
}

#[tokio::test]
async fn overrides_for_another_state_are_a_mistake_that_shows() {
    let app = Router::new().route("/", get(twice)).with_state(Calls::default());
    let app = App::new(Overrides::<()>::new().replace::<counted, no_state>().apply(app));
    assert_eq!(app.get("/").bearer("").await.status(), 500);
}

#[tokio::test]
async fn overrides_around_overrides_add_up_and_the_outer_wins() {
    let app = Router::new().route("/", get(twice)).with_state(Calls::default());
    let inner = Overrides::<()>::new().replace::<real, reads>().apply(app);
    let both = Overrides::<Calls>::new().replace::<counted, fresh>().apply(inner.clone());
    assert_eq!(App::new(both.clone()).get("/").bearer("").await, accepted("1000 1001"));
    let outer = App::new(Overrides::<Calls>::new().replace::<counted, cached>().apply(both));
    assert_eq!(outer.get("/").bearer("").await, accepted("102 102"));
}

#[security]
async fn no_state() -> Result<usize, AuthError> {
    Ok(7)
}
