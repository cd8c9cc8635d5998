//! The code that the attribute adds to a documented function causes no warning.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    single_use_lifetimes,
    unreachable_pub,
    unused_qualifications,
    unused_results,
    rust_2018_idioms,
    clippy::all
)]

use axum_scopes_openapi_tests::prelude::*;

/// Reads items.
#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items", responses((status = 200, description = "Items")))]
async fn read_items(_: Depends<get_current_user>) {}

/// Reads all.
#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/all")]
async fn read_all<T: Send + Sync + Clone + 'static>(_: Depends<get_current_user>, _: State<T>) {}

/// Reads some, in no document of this build.
#[security(scopes = ["items"])]
#[cfg_attr(any(), utoipa::path(get, path = "/some"))]
async fn read_some<T: Send + Sync + Clone + 'static>(_: Depends<get_current_user>, _: State<T>) {}

/// Reads none.
#[security(scopes = ["items"])]
async fn read_none(_: Depends<get_current_user>) {}

#[test]
fn documented_functions_are_quiet() {
    let _: Router = Router::new()
        .route("/items", axum::routing::get(read_items))
        .route("/all", axum::routing::get(read_all::<()>))
        .route("/some", axum::routing::get(read_some::<()>))
        .route("/none", axum::routing::get(read_none));
}
