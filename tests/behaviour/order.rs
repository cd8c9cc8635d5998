//! Dependencies run in a fixed order, and the first refusal ends the request.

use std::sync::{Arc, Mutex};

use axum_scopes_tests::prelude::*;

/// The names of the functions and extractors that have run, in order.
#[derive(Clone, Default)]
struct Steps(Arc<Mutex<Vec<&'static str>>>);

impl Steps {
    fn add(&self, step: &'static str) {
        self.0.lock().unwrap().push(step);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

macro_rules! steps {
    ($($name:ident($($below:ident),*);)*) => {
        $(
            #[security]
            async fn $name($(_: Depends<$below>,)* State(steps): State<Steps>) -> Result<(), AuthError> {
                steps.add(stringify!($name));
                Ok(())
            }
        )*
    };
}

steps! {
    first();
    second();
    third();
    above_first(first);
    above_second(second, refusing_for_x);
    above_both(above_first, above_second);
}

/// Refuses the token `x`.
#[security]
async fn refusing_for_x(Bearer(token): Bearer<Api>, State(steps): State<Steps>) -> Result<(), AuthError> {
    steps.add("refusing_for_x");
    if token.as_str() == "x" { Err(AuthError::forbidden("x")) } else { Ok(()) }
}

/// An extractor that records when it runs.
struct Asked;

impl FromRequestParts<Steps> for Asked {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, steps: &Steps) -> Result<Self, StatusCode> {
        steps.add("asked");
        Ok(Self)
    }
}

#[security]
async fn tree(_: Depends<above_both>, _: Asked, _: Depends<third>, State(steps): State<Steps>) {
    steps.add("handler");
}

#[security(depends(third, above_second))]
async fn for_effect(State(steps): State<Steps>, _: Asked, _: Depends<first>) {
    steps.add("handler");
}

#[security(depends(third))]
async fn dependency_for_effect(_: Asked, State(steps): State<Steps>) -> Result<(), AuthError> {
    steps.add("dependency");
    Ok(())
}

#[security]
async fn over_dependency(_: Depends<dependency_for_effect>, State(steps): State<Steps>) {
    steps.add("handler");
}

#[security(scopes = ["admin"], depends(get_current_user))]
async fn guarded(State(steps): State<Steps>) {
    steps.add("handler");
}

#[security]
async fn refused_by_axum(_: Path<u32>, _: Depends<first>, State(steps): State<Steps>) {
    steps.add("handler");
}

fn app() -> (App, Steps) {
    let steps = Steps::default();
    let app = App::new(
        Router::new()
            .route("/tree", get(tree))
            .route("/effect", get(for_effect))
            .route("/dependency", get(over_dependency))
            .route("/guarded", get(guarded))
            .route("/axum/{number}", get(refused_by_axum))
            .with_state(steps.clone()),
    );
    (app, steps)
}

#[tokio::test]
async fn dependencies_run_depth_first_in_the_order_of_the_parameters() {
    let (app, steps) = app();
    assert_eq!(app.get("/tree").bearer("y").await.status(), 200);
    let expected =
        ["first", "above_first", "second", "refusing_for_x", "above_second", "above_both", "asked", "third", "handler"];
    assert_eq!(steps.take(), expected);
}

#[tokio::test]
async fn the_first_refusal_ends_the_request() {
    let (app, steps) = app();
    assert_eq!(app.get("/tree").bearer("x").await, (403, None, r#"{"detail":"x"}"#));
    assert_eq!(steps.take(), ["first", "above_first", "second", "refusing_for_x"]);
    assert_eq!(app.get("/axum/none").bearer("y").await.status(), 400);
    assert_eq!(steps.take(), [""; 0]);
    assert_eq!(app.get("/axum/1").bearer("y").await.status(), 200);
    assert_eq!(steps.take(), ["first", "handler"]);
}

#[tokio::test]
async fn dependencies_without_a_parameter_run_before_the_parameters() {
    let (app, steps) = app();
    assert_eq!(app.get("/effect").bearer("y").await.status(), 200);
    assert_eq!(steps.take(), ["third", "second", "refusing_for_x", "above_second", "asked", "first", "handler"]);
    assert_eq!(app.get("/effect").bearer("x").await.status(), 403);
    assert_eq!(steps.take(), ["third", "second", "refusing_for_x"]);
    assert_eq!(app.get("/dependency").bearer("y").await.status(), 200);
    assert_eq!(steps.take(), ["third", "asked", "dependency", "handler"]);
}

#[tokio::test]
async fn dependencies_without_a_parameter_enforce_scopes() {
    let (app, steps) = app();
    assert_eq!(app.get("/guarded").bearer("admin").await.status(), 200);
    assert_eq!(steps.take(), ["handler"]);
    assert_eq!(app.get("/guarded").bearer("me").await.challenge(), Some("Bearer scope=\"admin\""));
    assert_eq!(steps.take(), [""; 0]);
}
