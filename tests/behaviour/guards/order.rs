//! A guard runs before the dependencies of the handler, and before the body is read.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use axum::{
    body::{Body, Bytes},
    routing::post,
};
use axum_scopes::guard;
use axum_scopes_tests::prelude::*;
use futures_util::stream;

use crate::answers::{accepted, not_enough};

#[derive(Clone, Default)]
struct Calls(Arc<AtomicUsize>);

#[security]
async fn counted(State(Calls(calls)): State<Calls>) -> Result<usize, AuthError> {
    Ok(calls.fetch_add(1, SeqCst))
}

#[security]
async fn handler(Depends(before): Depends<counted>, State(Calls(calls)): State<Calls>, body: Bytes) -> String {
    format!("{before} {} {}", calls.fetch_add(1, SeqCst), body.len())
}

/// A body that counts how often it is polled.
fn body(polls: &Arc<AtomicUsize>) -> Body {
    let polls = polls.clone();
    Body::from_stream(stream::iter((0..3).map(move |_| {
        polls.fetch_add(1, SeqCst);
        Ok::<_, std::convert::Infallible>("abc")
    })))
}

#[tokio::test]
async fn a_refusal_by_the_guard_touches_neither_dependencies_nor_body() {
    let (calls, polls) = (Calls::default(), Arc::new(AtomicUsize::new(0)));
    let guard = guard!(scopes = ["admin"], depends(get_current_user));
    let app = App::new(guard.protect(Router::new().route("/", post(handler))).with_state(calls.clone()));
    assert_eq!(app.post("/").bearer("items").body(body(&polls)).await, not_enough("admin"));
    assert_eq!((calls.0.load(SeqCst), polls.load(SeqCst)), (0, 0));
    assert_eq!(app.post("/").bearer("admin").body(body(&polls)).await, accepted("0 1 9"));
    assert_eq!(polls.load(SeqCst), 3);
}

#[tokio::test]
async fn a_guard_runs_before_the_handlers_own_dependencies() {
    let calls = Calls::default();
    let guard = guard!(depends(counted)).with_state(calls.clone());
    let app = App::new(guard.protect(Router::new().route("/", post(handler))).with_state(calls));
    assert_eq!(app.post("/").await, accepted("1 2 0"));
}

#[security(cache)]
async fn cached(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(Calls(calls)): State<Calls>,
) -> Result<usize, AuthError> {
    required.check(&Scopes::from(token.as_str()))?;
    Ok(calls.fetch_add(1, SeqCst))
}

#[security(scopes = ["me"])]
async fn same(Depends(call): Depends<cached>) -> String {
    call.to_string()
}

#[security(scopes = ["items"])]
async fn stronger(Depends(call): Depends<cached>) -> String {
    call.to_string()
}

#[derive(Clone)]
struct Tenant(&'static str);

/// Accepts only tokens of its own tenant.
#[security(cache)]
async fn member(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(tenant): State<Tenant>,
) -> Result<&'static str, AuthError> {
    if token.as_str() != tenant.0 {
        return Err(required.unauthorized("another tenant"));
    }
    required.check(&["me", "items"])?;
    Ok(tenant.0)
}

#[security(scopes = ["me"])]
async fn tenant_name(Depends(name): Depends<member>) -> &'static str {
    name
}

/// The key of the cache distinguishes types of state, but not their values.
#[tokio::test]
async fn a_cached_output_of_a_guard_does_not_answer_for_another_state() {
    let inner = Router::new().route("/", get(tenant_name)).with_state(Tenant("b"));
    let app = App::new(guard!(scopes = ["me"], depends(member)).with_state(Tenant("a")).protect(inner));
    assert_eq!(app.get("/").bearer("a").await.status(), 401);
    assert_eq!(app.get("/").bearer("b").await.status(), 401);
    let inner = guard!(scopes = ["me"], depends(member)).with_state(Tenant("b")).protect(get(async || "in"));
    let outer = guard!(scopes = ["me"], depends(member)).with_state(Tenant("a"));
    let app = App::new(outer.protect(Router::new().route("/", inner)));
    assert_eq!(app.get("/").bearer("a").await.status(), 401);
}

/// This holds whether or not the handler can use the cached outputs of a guard.
#[tokio::test]
async fn a_cached_output_of_a_guard_never_answers_for_other_scopes() {
    let calls = Calls::default();
    let guard = guard!(scopes = ["me"], depends(cached)).with_state(calls.clone());
    let routes = Router::new().route("/same", get(same)).route("/stronger", get(stronger));
    let app = App::new(guard.protect(routes).with_state(calls));
    assert_eq!(app.get("/same").bearer("me").await.status(), 200);
    assert_eq!(app.get("/stronger").bearer("me").await, not_enough("items"));
}
