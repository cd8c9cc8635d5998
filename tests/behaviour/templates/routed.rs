//! Routers whose routes say who may call them: each path has the parameters that its scopes need.

use axum_scopes::{
    guard,
    secure::{Router, get, public},
};

use super::*;

/// Gives the value itself.
#[security(values("name"))]
async fn client_of_one(required: SecurityScopes, _: Bearer<Repositories>) -> Result<(), AuthError> {
    required.with(&[("name", "alpine")]).check(&["repository:alpine:pull"])
}

#[security(scopes = ["repository:{name}:pull"])]
async fn pull_one(_: Depends<client_of_one>) {}

fn protected(router: Router) -> Router {
    guard!(scopes = ["repository:{name}:pull"], depends(client)).protect(router)
}

#[tokio::test]
async fn a_path_with_the_parameters_of_its_scopes_is_routed() {
    let settings = Router::new().route("/settings", get(settings));
    let router = Router::new()
        .route("/v2/{name}/tags", get(pull))
        .route("/one", get(pull_one))
        .route("/files/{*path}", get(read_file))
        .nest("/r/{name}", protected(settings.fallback(push)).method_not_allowed_fallback(pull));
    let app = App::new(router.into_router());
    assert_eq!(ask(&app, "/v2/alpine/tags", "repository:alpine:pull").await, accepted("alpine"));
    assert_eq!(ask(&app, "/one", "").await.status(), 200);
    assert_eq!(ask(&app, "/r/alpine/none", "repository:alpine:push").await, accepted("alpine"));
}

#[test]
#[should_panic = "`pull` requires a scope with `{name}`, and the path `/tags` has no such parameter"]
fn a_route_without_the_parameter_is_refused() {
    let _ = Router::<()>::new().route("/tags", get(pull)).into_router();
}

#[test]
#[should_panic = "the path `/v2/{repository}` has no such parameter"]
fn a_route_whose_parameter_has_another_name_is_refused() {
    let _ = Router::<()>::new().route("/v2/{repository}", get(pull)).into_router();
}

#[test]
#[should_panic = "`guard!` requires a scope with `{name}`"]
fn a_route_behind_a_guard_without_the_parameter_is_refused() {
    let _ = protected(Router::new().route("/settings", get(settings))).into_router();
}

#[test]
#[should_panic = "`push` requires a scope with `{name}`"]
fn a_fallback_without_the_parameter_is_refused() {
    let _ = Router::<()>::new().fallback(push).into_router();
}

#[test]
#[should_panic = "`push` requires a scope with `{name}`, and the path `/tags` has no such parameter"]
fn a_handler_for_methods_of_a_route_without_the_parameter_is_refused() {
    let router = Router::<()>::new().route("/tags", get(public("it is a list", async || ())));
    let _ = router.method_not_allowed_fallback(push).into_router();
}

/// The parameter may be in the path that the routes are nested at, and the handler is not for routes that are added later.
#[tokio::test]
async fn a_handler_for_methods_of_routes_with_the_parameter_is_asked() {
    let inner = Router::new().route("/", get(pull)).method_not_allowed_fallback(push);
    let router = Router::new().nest("/r/{name}", inner).route("/tags", get(public("it is a list", async || ())));
    let app = App::new(router.into_router());
    assert_eq!(ask(&app, "/r/alpine", "repository:alpine:pull").await, accepted("alpine"));
    assert_eq!(app.post("/r/alpine").await.status(), 401);
}

/// The guard compares `{name}` of the outer path, and the router in the service acts on its own one.
#[test]
#[should_panic = "the path `/r/{name}/{name}` has two parameters `name`"]
fn a_router_as_a_service_with_a_parameter_of_the_path_is_refused() {
    let inner = axum::Router::new().route("/{name}", axum::routing::get(async || ()));
    let _ = protected(Router::new().nest_service("/r/{name}", public("the guard asks", inner)));
}

#[tokio::test]
async fn a_parameter_beside_braces_is_one() {
    let router = Router::new().route("/{{r}}{name}", get(pull));
    let app = App::new(router.into_router());
    assert_eq!(ask(&app, "/{r}alpine", "repository:alpine:pull").await, accepted("alpine"));
}
