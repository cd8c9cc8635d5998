//! `#[security(cache)]` runs a function once in a tree for each set of required scopes.

mod fastapi;
mod trees;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use axum::{RequestPartsExt, extract::FromRef, middleware::from_fn_with_state};
use axum_scopes_tests::prelude::*;

/// The number of runs of the dependency.
#[derive(Clone, Default)]
struct Runs(Arc<AtomicUsize>);

impl Runs {
    fn next(&self) -> usize {
        self.0.fetch_add(1, SeqCst) + 1
    }

    fn add(&self, runs: usize) {
        self.0.fetch_add(runs, SeqCst);
    }

    fn take(&self) -> usize {
        self.0.swap(0, SeqCst)
    }
}

/// Returns the number of this run if the token (scopes joined by `+`) covers the required scopes. The first run refuses
/// a token that contains `!`.
#[security(cache)]
async fn run(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(runs): State<Runs>,
) -> Result<usize, AuthError> {
    let run = runs.next();
    if run == 1 && token.as_str().contains('!') {
        return Err(AuthError::bad_request("first"));
    }
    required.check(&token.as_str().split(['+', '!']).collect::<Vec<_>>())?;
    Ok(run)
}

#[security]
async fn run_uncached(Depends(run): Depends<run>, State(runs): State<Runs>) -> Result<usize, AuthError> {
    Ok(run * 100 + runs.next())
}

fn app(handler: axum::routing::MethodRouter<Runs>) -> (App, Runs) {
    let runs = Runs::default();
    (App::new(Router::new().route("/", handler).with_state(runs.clone())), runs)
}

#[security]
async fn twice(Depends(a): Depends<run>, Depends(b): Depends<run>, Depends(c): Depends<run_uncached>) -> String {
    format!("{a} {b} {c}")
}

#[tokio::test]
async fn a_cached_dependency_runs_once_in_a_request() {
    let (app, runs) = app(get(twice));
    assert_eq!(app.get("/").bearer("me").await.text(), "1 1 102");
    assert_eq!(runs.take(), 2);
}

#[tokio::test]
async fn nothing_is_cached_for_the_next_request() {
    let (app, runs) = app(get(twice));
    for _ in 0..3 {
        app.get("/").bearer("me").await;
    }
    assert_eq!(runs.take(), 6);
    let both = tokio::join!(app.get("/").bearer("me"), app.get("/").bearer("me"));
    assert_eq!((both.0.status(), both.1.status(), runs.take()), (200, 200, 4));
}

#[security]
async fn uncached(State(runs): State<Runs>) -> Result<usize, AuthError> {
    Ok(runs.next())
}

#[security]
async fn twice_uncached(Depends(a): Depends<uncached>, Depends(b): Depends<uncached>) -> String {
    format!("{a} {b}")
}

#[tokio::test]
async fn a_dependency_without_cache_runs_each_time() {
    let (app, _) = app(get(twice_uncached));
    assert_eq!(app.get("/").bearer("me").await.text(), "1 2");
}

#[security]
async fn sets(
    #[security(scopes = ["me", "items"])] Depends(a): Depends<run>,
    #[security(scopes = ["items", "me"])] Depends(b): Depends<run>,
    #[security(scopes = ["items"])] Depends(c): Depends<run>,
    Depends(d): Depends<run>,
    #[security(scopes = ["me", "items"])] Depends(e): Depends<run>,
    #[security(scopes = ["admin", "items"])] Depends(f): Depends<run>,
    Depends(g): Depends<run>,
) -> String {
    format!("{a} {b} {c} {d} {e} {f} {g}")
}

#[tokio::test]
async fn a_dependency_runs_once_for_each_set_of_scopes_in_any_order() {
    let (app, runs) = app(get(sets));
    assert_eq!(app.get("/").bearer("me+items+admin").await.text(), "1 1 2 3 1 4 3");
    assert_eq!(runs.take(), 4);
}

#[security]
async fn weak_then_strong(
    _: Depends<run>,
    #[security(scopes = ["me"])] _: Depends<run>,
    #[security(scopes = ["me", "admin"])] _: Depends<run>,
) {
}

#[security]
async fn as_many_but_others(
    #[security(scopes = ["me", "items"])] _: Depends<run>,
    #[security(scopes = ["me", "admin"])] _: Depends<run>,
) {
}

#[tokio::test]
async fn a_weaker_check_does_not_answer_for_a_stronger_one() {
    for handler in [get(weak_then_strong), get(as_many_but_others)] {
        let (app, _) = app(handler);
        assert_eq!(app.get("/").bearer("me+items+admin").await.status(), 200);
        let answer = app.get("/").bearer("me+items").await;
        assert_eq!((answer.status(), answer.challenge()), (401, Some("Bearer scope=\"me admin\"")));
    }
}

#[security(cache)]
async fn run_of<S: OAuth2Scheme>(_: Bearer<S>, State(runs): State<Runs>) -> Result<usize, AuthError> {
    Ok(runs.next())
}

struct Other;

impl OAuth2Scheme for Other {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[];
}

#[security]
async fn functions(
    Depends(a): Depends<run_of<Api>>,
    Depends(b): Depends<run_of<Other>>,
    Depends(c): Depends<run>,
) -> String {
    format!("{a} {b} {c}")
}

#[tokio::test]
async fn a_cached_function_does_not_answer_for_another() {
    let (app, _) = app(get(functions));
    assert_eq!(app.get("/").bearer("me").await.text(), "1 2 3");
}

#[security]
async fn guard(Depends(run): Depends<run>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    ([("x-guard", run.to_string())], response).into_response()
}

#[security]
async fn first(Depends(_): Depends<run>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn second(Depends(_): Depends<run>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::test]
async fn a_guard_runs_a_dependency_of_two_others_once() {
    let runs = Runs::default();
    let open = Router::new().route("/", get(async || "open"));
    let app = App::new(axum_scopes::guard!(depends(first, second)).with_state(runs.clone()).protect(open));
    assert_eq!((app.get("/").bearer("me").await.status(), runs.take()), (200, 1));
}

/// The number of the run in a guard, and those in the handler.
async fn guards_run(app: &App) -> (String, String) {
    let answer = app.get("/").bearer("me").await;
    (answer.header("x-guard").unwrap().to_owned(), answer.text().to_owned())
}

#[tokio::test]
async fn a_middleware_and_a_handler_share_no_cached_output() {
    let runs = Runs::default();
    let app =
        App::new(Router::new().route("/", get(twice)).layer(from_fn_with_state(runs.clone(), guard)).with_state(runs));
    assert_eq!(guards_run(&app).await, ("1".to_owned(), "2 2 203".to_owned()));
}

#[derive(Clone)]
struct Tenant(Runs);

impl FromRef<Tenant> for Runs {
    fn from_ref(tenant: &Tenant) -> Self {
        tenant.0.clone()
    }
}

/// The same function returns another output for another type of state.
#[tokio::test]
async fn types_of_state_share_no_cached_output() {
    let (runs, tenant) = (Runs::default(), Tenant(Runs::default()));
    tenant.0.next();
    let app = App::new(Router::new().route("/", get(twice)).layer(from_fn_with_state(tenant, guard)).with_state(runs));
    assert_eq!(guards_run(&app).await, ("2".to_owned(), "1 1 102".to_owned()));
}

/// Passes on a copy of the request, as a layer that retries or mirrors requests does.
#[security]
async fn copies(Depends(first): Depends<run>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let copy = Request::from_parts(parts.clone(), body);
    drop(parts);
    let response = next.run(copy).await;
    ([("x-guard", first.to_string())], response).into_response()
}

#[tokio::test]
async fn a_copy_of_a_request_begins_with_an_empty_cache() {
    let runs = Runs::default();
    let app =
        App::new(Router::new().route("/", get(twice)).layer(from_fn_with_state(runs.clone(), copies)).with_state(runs));
    assert_eq!(guards_run(&app).await, ("1".to_owned(), "2 2 203".to_owned()));
}

/// Runs the dependency three times by hand.
async fn asks_again(State(runs): State<Runs>, request: Request) -> String {
    let (mut parts, _) = request.into_parts();
    let mut asked = Vec::new();
    for _ in 0..3 {
        let answer = parts.extract_with_state::<Depends<run, Root>, _>(&runs).await;
        asked.push(answer.map_or_else(|refusal| refusal.status().to_string(), |Depends(run)| run.to_string()));
    }
    asked.join(", ")
}

#[tokio::test]
async fn each_dependency_of_root_is_a_tree_of_its_own() {
    let (app, runs) = app(get(asks_again));
    assert_eq!(app.get("/").bearer("me!").await.text(), "400 Bad Request, 2, 3");
    runs.take();
    assert_eq!(app.get("/").bearer("me").await.text(), "1, 2, 3");
}

#[tokio::test]
async fn a_request_without_a_token_runs_nothing() {
    let (app, runs) = app(get(twice));
    let answer = app.get("/").await;
    assert_eq!((answer.status(), runs.take()), (401, 0));
}
