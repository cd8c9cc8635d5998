//! `guard!` puts dependencies and scopes in front of whole routers.

mod order;
mod reach;
mod state;
mod upgrades;

use axum::http::Method;
use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_authenticated, not_enough};

async fn open() -> &'static str {
    "open"
}

/// Returns the scopes of the handler, which do not include those of the guards around it.
#[security(scopes = ["items"])]
async fn items(seen: RequiredScopes, _: Depends<get_current_user>) -> &'static str {
    seen.scope_str()
}

/// The routes behind a guard that requires `admin`.
fn admins(routes: Router) -> Router {
    guard!(scopes = ["admin"], depends(get_current_user)).protect(routes)
}

#[tokio::test]
async fn a_guard_protects_a_router() {
    let app = App::new(admins(Router::new().route("/", get(open)).route("/items", get(items))));
    assert_eq!(app.get("/").bearer("admin").await, accepted("open"));
    assert_eq!(app.get("/").bearer("items+me").await, not_enough("admin"));
    assert_eq!(app.get("/").await, not_authenticated());
    assert_eq!(app.call(Method::HEAD, "/").bearer("x").await.status(), 401);
}

#[tokio::test]
async fn a_guard_protects_the_methods_of_one_path() {
    let guard = guard!(scopes = ["admin"], depends(get_current_user));
    let app = App::new(Router::new().route("/guarded", guard.protect(get(open).post(open))).route("/open", get(open)));
    for method in [Method::GET, Method::POST, Method::HEAD] {
        assert_eq!(app.call(method.clone(), "/guarded").bearer("x").await.status(), 401, "{method}");
        assert_eq!(app.call(method.clone(), "/guarded").bearer("admin").await.status(), 200, "{method}");
    }
    assert_eq!(app.get("/open").bearer("x").await, accepted("open"));
}

#[tokio::test]
async fn the_scopes_of_guard_and_handler_are_checked_one_after_the_other() {
    let app = App::new(admins(Router::new().route("/", get(items))));
    assert_eq!(app.get("/").bearer("admin+items").await, accepted("items"));
    assert_eq!(app.get("/").bearer("items").await, not_enough("admin"));
    assert_eq!(app.get("/").bearer("admin").await, not_enough("items"));
}

#[tokio::test]
async fn guards_around_guards_add_up_from_the_outside_in() {
    let inner = guard!(scopes = ["me"], depends(get_current_active_user));
    let inner = Router::new().route("/route", inner.protect(get(items)));
    let middle = guard!(scopes = ["items"], depends(get_current_user)).protect(inner);
    let app = App::new(admins(Router::new().nest("/nest", middle)));
    assert_eq!(app.get("/nest/route").bearer("admin+items+me").await, accepted("items"));
    assert_eq!(app.get("/nest/route").bearer("").await, not_enough("admin"));
    assert_eq!(app.get("/nest/route").bearer("admin").await, not_enough("items"));
    assert_eq!(app.get("/nest/route").bearer("admin+items").await, not_enough("me"));
    assert_eq!(app.get("/nest/route").bearer("items+me").await, not_enough("admin"));
}

#[tokio::test]
async fn the_scopes_of_a_guard_come_before_those_of_its_dependency() {
    let guard = guard!(scopes = ["items", "admin"], depends(get_current_active_user));
    let app = App::new(guard.protect(Router::new().route("/", get(open))));
    assert_eq!(app.get("/").bearer("admin").await, not_enough("items admin me"));
}

const ADMIN: &str = "admin";

#[security]
async fn refuse() -> Result<(), StatusCode> {
    Err(StatusCode::IM_A_TEAPOT)
}

#[tokio::test]
async fn a_guard_can_have_constants_several_dependencies_and_no_scopes() {
    let routes = || Router::new().route("/", get(open));
    let app = App::new(guard!(depends(get_current_user, refuse), scopes = [ADMIN],).protect(routes()));
    assert_eq!(app.get("/").bearer("x").await, not_enough("admin"));
    assert_eq!(app.get("/").bearer("admin").await.status(), 418);
    let app = App::new(guard!(depends(get_current_user)).protect(routes()));
    assert_eq!(app.get("/").bearer("").await, accepted("open"));
    assert_eq!(app.get("/").await, not_authenticated());
}

/// A marker inside the macro must not hide an item of the service that has the same name.
mod guard {
    use super::*;

    #[security]
    pub(super) async fn guard(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
        required.check(&Scopes::from(token.as_str()))
    }
}

#[tokio::test]
async fn a_dependency_of_a_guard_can_have_any_name() {
    let app = App::new(guard!(scopes = ["me"], depends(guard::guard)).protect(Router::new().route("/", get(open))));
    assert_eq!(app.get("/").bearer("items").await, not_enough("me"));
    assert_eq!(app.get("/").bearer("me").await, accepted("open"));
}

#[tokio::test]
async fn a_guard_and_its_copies_protect_several_routers() {
    let guard = guard!(scopes = ["admin"], depends(get_current_user));
    let copy = guard.clone();
    let app = App::new(
        Router::new()
            .nest("/a", guard.protect(Router::new().route("/", get(open))))
            .nest("/b", copy.protect(Router::new().route("/", get(open))))
            .route("/c", guard.protect(get(open))),
    );
    for path in ["/a", "/b", "/c"] {
        assert_eq!(app.get(path).bearer("x").await, not_enough("admin"), "{path}");
        assert_eq!(app.get(path).bearer("admin").await, accepted("open"), "{path}");
    }
    assert_eq!(format!("{guard:?}"), r#"Guard(["admin"])"#);
}

#[derive(Clone)]
struct Allowed(&'static str);

#[security(scopes = ["me"])]
async fn allowed(
    State(Allowed(name)): State<Allowed>,
    Depends(user): Depends<get_current_user>,
) -> Result<(), AuthError> {
    if user.0 == name { Ok(()) } else { Err(AuthError::forbidden("Not you")) }
}

#[tokio::test]
async fn a_guard_has_its_own_state() {
    let app = |name, of_router| {
        let routes = Router::new().route("/", get(async |State(state): State<u8>| state.to_string()));
        App::new(guard!(depends(allowed)).with_state(Allowed(name)).protect(routes).with_state(of_router))
    };
    assert_eq!(app("joe", 7).get("/").bearer("me").await, accepted("7"));
    assert_eq!(app("joe", 7).get("/").bearer("items").await, not_enough("me"));
    assert_eq!(app("ann", 7).get("/").bearer("me").await, (403, None, r#"{"detail":"Not you"}"#));
}

mod elsewhere {
    pub(super) mod auth {
        use axum_scopes_tests::prelude::*;

        #[security]
        pub(crate) async fn user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
            required.check(&Scopes::from(token.as_str()))
        }
    }

    pub(super) mod routes {
        pub(crate) fn guarded(routes: axum::Router) -> axum::Router {
            axum_scopes::guard!(scopes = ["me"], depends(super::auth::user)).protect(routes)
        }
    }
}

#[tokio::test]
async fn a_guard_can_be_made_anywhere() {
    let app = App::new(elsewhere::routes::guarded(Router::new().route("/", get(open))));
    assert_eq!(app.get("/").bearer("items").await, not_enough("me"));
    assert_eq!(app.get("/").bearer("me").await, accepted("open"));
}
