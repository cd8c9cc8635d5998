//! A cached output belongs to one tree, because another tree may have another state or another request.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    middleware::from_fn_with_state,
};
use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

/// The state of a service that lets in only the members of one tenant. A token is the name of its tenant.
#[derive(Clone)]
struct Tenant(&'static str);

#[security(cache)]
async fn member(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(tenant): State<Tenant>,
) -> Result<String, AuthError> {
    if token.as_str() != tenant.0 {
        return Err(required.unauthorized("Not a member"));
    }
    required.check(&["me", "items", "admin"])?;
    Ok(token.as_str().to_owned())
}

#[security]
async fn log(Depends(_): Depends<member>, request: Request, next: Next) -> Response {
    next.run(request).await
}

#[security]
async fn log_twice(_: Depends<member>, Depends(_): Depends<member>, request: Request, next: Next) -> Response {
    next.run(request).await
}

#[security]
async fn page(Depends(name): Depends<member>) -> String {
    name
}

#[security]
async fn page_of_two(Depends(name): Depends<member>, Depends(again): Depends<member>) -> String {
    format!("{name} {again}")
}

async fn asked(app: &Router, token: &str) -> u16 {
    App::new(app.clone()).get("/").bearer(token).await.status()
}

const A: Tenant = Tenant("a");
const B: Tenant = Tenant("b");

fn of_b(handler: axum::routing::MethodRouter<Tenant>) -> Router {
    Router::new().route("/", handler).with_state(B)
}

#[tokio::test]
async fn a_middleware_of_one_tenant_lets_nobody_into_the_service_of_another() {
    for page in [get(page), get(page_of_two)] {
        let apps = [
            of_b(page.clone()).layer(from_fn_with_state(A, log)),
            of_b(page.clone()).layer(from_fn_with_state(A, log_twice)),
            of_b(page.clone()).layer(from_fn_with_state(B, log)).layer(from_fn_with_state(A, log)),
            guard!(depends(member)).with_state(A).protect(of_b(page.clone())),
            guard!(depends(member)).with_state(A).protect(of_b(page).layer(from_fn_with_state(B, log))),
        ];
        for app in apps {
            assert_eq!((asked(&app, "a").await, asked(&app, "b").await), (401, 401));
        }
    }
}

#[tokio::test]
async fn a_middleware_with_two_states_runs_its_dependency_twice() {
    let open = Router::new().route("/", get(async || "open"));
    let app = open.clone().layer(from_fn_with_state(B, log)).layer(from_fn_with_state(A, log));
    assert_eq!((asked(&app, "a").await, asked(&app, "b").await), (401, 401));
    let app = open.layer(from_fn_with_state(A, log_twice)).layer(from_fn_with_state(A, log_twice));
    assert_eq!((asked(&app, "a").await, asked(&app, "b").await), (200, 401));
}

/// Removes the credential, and passes the request to another service.
#[security]
async fn dispatch(Depends(_): Depends<member>, mut request: Request) -> Response {
    request.headers_mut().remove("authorization");
    tower::ServiceExt::oneshot(of_b(get(page)), request).await.into_response()
}

#[security]
async fn dispatch_with_two(
    #[security(scopes = ["me"])] _: Depends<member>,
    #[security(scopes = ["me"])] _: Depends<member>,
    mut request: Request,
) -> Response {
    *request.headers_mut() = Default::default();
    tower::ServiceExt::oneshot(of_b(get(page_of_two)), request).await.into_response()
}

/// Passes the request to itself once.
#[security]
async fn dispatch_to_itself(Depends(name): Depends<member>, mut request: Request) -> Response {
    if request.extensions().get::<Again>().is_some() {
        return name.into_response();
    }
    request.headers_mut().remove("authorization");
    request.extensions_mut().insert(Again);
    tower::ServiceExt::oneshot(dispatching(), request).await.into_response()
}

fn dispatching() -> Router {
    of_b(get(dispatch_to_itself))
}

#[derive(Clone)]
struct Again;

#[tokio::test]
async fn a_request_that_a_handler_has_changed_is_checked_again() {
    for handler in [get(dispatch), get(dispatch_with_two), get(dispatch_to_itself)] {
        assert_eq!(asked(&of_b(handler), "b").await, 401);
    }
}

/// An extractor between a handler's parameters that calls another service.
struct Elsewhere(u16);

impl<S: Send + Sync> FromRequestParts<S> for Elsewhere {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let asked = Depends::<member, Root>::from_request_parts(parts, &A).await;
        Ok(Self(asked.map_or_else(|refusal| refusal.status().as_u16(), |_| 200)))
    }
}

#[security]
async fn asks_elsewhere(
    Depends(a): Depends<member>,
    Elsewhere(status): Elsewhere,
    Depends(b): Depends<member>,
) -> String {
    format!("{a} {status} {b}")
}

#[tokio::test]
async fn an_extractor_with_its_own_tree_shares_no_cached_output() {
    let app = App::new(of_b(get(asks_elsewhere)));
    assert_eq!(app.get("/").bearer("b").await.text(), "b 401 b");
}

/// The same tenant behind an `Arc`, so that the state alone tells two services apart.
#[derive(Clone)]
struct Shared(std::sync::Arc<Tenant>);

impl FromRef<Shared> for Tenant {
    fn from_ref(shared: &Shared) -> Self {
        Tenant(shared.0.0)
    }
}

#[tokio::test]
async fn two_states_of_one_type_share_no_cached_output() {
    let shared = |tenant: Tenant| Shared(std::sync::Arc::new(tenant));
    let app = Router::new().route("/", get(page)).with_state(shared(B)).layer(from_fn_with_state(shared(A), log));
    assert_eq!((asked(&app, "a").await, asked(&app, "b").await), (401, 401));
}

#[security(cache)]
async fn name(State(tenant): State<Tenant>) -> Result<&'static str, AuthError> {
    Ok(tenant.0)
}

#[security(cache)]
async fn never() -> Result<(), AuthError> {
    std::future::pending().await
}

/// An extractor that cancels a dependency.
struct Impatient;

impl<S: Send + Sync + 'static> FromRequestParts<S> for Impatient {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let never = Depends::<never, Root>::from_request_parts(parts, state);
        assert!(tokio::time::timeout(std::time::Duration::ZERO, never).await.is_err());
        Ok(Self)
    }
}

#[security]
async fn show(
    Depends(name): Depends<name>,
    _: Impatient,
    _: Depends<name>,
    request: Request,
    next: Next,
) -> impl IntoResponse {
    (axum::response::AppendHeaders([("x-name", name)]), next.run(request).await)
}

#[tokio::test]
async fn a_tree_ends_even_if_one_of_its_dependencies_was_cancelled() {
    let open = Router::new().route("/", get(async || "open"));
    let app = App::new(open.layer(from_fn_with_state(B, show)).layer(from_fn_with_state(A, show)));
    let answer = app.get("/").await;
    let names: Vec<_> = answer.headers().get_all("x-name").iter().collect();
    assert_eq!(names, ["b", "a"]);
}

/// The tree does not say that the replacement of this function is cached.
#[security]
async fn stranger(required: SecurityScopes, _: Bearer<Api>, _: State<Tenant>) -> Result<String, AuthError> {
    Err(required.unauthorized("Not a member"))
}

#[security]
async fn log_stranger(_: Depends<stranger>, request: Request, next: Next) -> Response {
    next.run(request).await
}

#[security]
async fn page_of_a_stranger(Depends(name): Depends<stranger>) -> String {
    name
}

#[tokio::test]
async fn a_replacement_caches_nothing_for_another_tree() {
    let app = of_b(get(page_of_a_stranger)).layer(from_fn_with_state(A, log_stranger));
    let app = axum_scopes::testing::Overrides::<Tenant>::new().replace::<stranger, member>().apply(app);
    assert_eq!((asked(&app, "a").await, asked(&app, "b").await), (401, 401));
}
