//! Dependencies can take parts of the request, extensions, and extractors of other crates.

use std::convert::Infallible;

use axum::{
    Extension,
    extract::{Query, rejection::QueryRejection},
};
use axum_extra::extract::{Cached, WithRejection};
use axum_scopes_tests::prelude::*;
use serde::Deserialize;

use crate::answers::{accepted, not_enough};

#[derive(Clone)]
struct Tenants(&'static [&'static str]);

#[derive(Deserialize)]
struct Page {
    page: u8,
}

/// Takes every kind of extractor that axum has for the head of a request.
#[security]
async fn tenant(
    Path((tenant, _)): Path<(String, u32)>,
    Query(Page { page }): Query<Page>,
    headers: HeaderMap,
    Extension(Tenants(tenants)): Extension<Tenants>,
    uri: axum::http::Uri,
    method: axum::http::Method,
) -> Result<String, (StatusCode, String)> {
    let agent = headers.get("user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or("-");
    if !tenants.contains(&tenant.as_str()) {
        return Err((StatusCode::NOT_FOUND, format!("no {tenant}")));
    }
    Ok(format!("{method} {} {tenant} {page} {agent}", uri.path()))
}

#[security(scopes = ["items"])]
async fn of_tenant(
    Depends(text): Depends<tenant>,
    Depends(user): Depends<get_current_user>,
    Path((_, number)): Path<(String, u32)>,
) -> String {
    format!("{text} {} {number}", user.0)
}

#[tokio::test]
async fn a_dependency_takes_any_part_of_the_request() {
    let routes = Router::new().route("/{tenant}/{number}", get(of_tenant));
    let app = App::new(Router::new().nest("/api", routes).layer(Extension(Tenants(&["acme"]))));
    assert_eq!(app.get("/api/acme/7?page=2").bearer("items").await, accepted("GET /acme/7 acme 2 - joe 7"));
    assert_eq!(app.get("/api/none/7?page=2").bearer("items").await, (404, None, "no none"));
    assert_eq!(app.get("/api/acme/x?page=2").bearer("items").await.status(), 400);
    assert_eq!(app.get("/api/acme/7").bearer("items").await.status(), 400);
    assert_eq!(app.get("/api/acme/7?page=2").bearer("me").await, not_enough("items"));
}

/// The service's own rejection for an extractor of another crate.
struct NoPage;

impl From<QueryRejection> for NoPage {
    fn from(_: QueryRejection) -> Self {
        Self
    }
}

impl IntoResponse for NoPage {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, "which page?").into_response()
    }
}

#[security]
async fn page(
    WithRejection(Query(Page { page }), _): WithRejection<Query<Page>, NoPage>,
    Cached(headers): Cached<HeaderMap>,
) -> Result<String, Infallible> {
    Ok(format!("{page} of {}", headers.len()))
}

#[security(scopes = ["items"], depends(get_current_user))]
async fn paged(Depends(page): Depends<page>, _: WithRejection<Query<Page>, NoPage>) -> String {
    page
}

#[tokio::test]
async fn a_dependency_takes_extractors_of_another_crate() {
    let app = App::new(Router::new().route("/", get(paged)));
    assert_eq!(app.get("/?page=3").bearer("items").await, accepted("3 of 1"));
    assert_eq!(app.get("/").bearer("items").await, (422, None, "which page?"));
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
}
