//! A guard can take its state from an extension of each request.

use axum::{Extension, extract::State};
use axum_scopes::guard;
use axum_scopes_test_support::logged;
use axum_scopes_tests::prelude::*;

use super::open;
use crate::answers::accepted;

/// The state of the guard: the name of the user who is let in.
#[derive(Clone)]
struct Door(&'static str);

#[security]
async fn knock(State(Door(name)): State<Door>, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    if token.as_str() == name { Ok(()) } else { Err(AuthError::forbidden("Closed")) }
}

fn routes() -> Router {
    guard!(depends(knock)).with_extension::<Door>().protect(Router::new().route("/", get(open)))
}

#[tokio::test]
async fn an_extension_of_the_request_is_the_state_of_its_guard() {
    let app = App::new(routes().layer(Extension(Door("amy"))));
    assert_eq!(app.get("/").bearer("amy").await, accepted("open"));
    assert_eq!(app.get("/").bearer("bob").await.status(), 403);
    let other = App::new(routes().layer(Extension(Door("bob"))));
    assert_eq!(other.get("/").bearer("bob").await, accepted("open"));
}

#[tokio::test]
async fn a_request_without_the_state_of_its_guard_is_refused_and_logged() {
    let other_type = routes().layer(Extension("amy"));
    for app in [routes(), other_type].map(App::new) {
        let (answer, lines) = logged(app.get("/").bearer("amy")).await;
        assert_eq!(answer, (500, None, r#"{"detail":"Internal Server Error"}"#));
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(line.starts_with("ERROR no `Extension` with the state of a guard; refused state="), "{line}");
        assert!(line.contains("Door"), "{line}");
    }
}

#[tokio::test]
async fn an_extension_does_not_replace_the_state_that_a_guard_has() {
    let guard = guard!(depends(knock)).with_state(Door("amy"));
    let app = App::new(guard.protect(Router::new().route("/", get(open))).layer(Extension(Door("bob"))));
    assert_eq!(app.get("/").bearer("bob").await.status(), 403);
    assert_eq!(app.get("/").bearer("amy").await, accepted("open"));
}
