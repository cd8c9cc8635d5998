//! The mounted function is open, but the document would be that of another function.

use axum_scopes::openapi::routes;
use utoipa_axum::router::OpenApiRouter;

mod protected {
    use axum_scopes::{Depends, security};
    use axum_scopes_openapi_tests::get_current_user;

    #[security(scopes = ["admin"])]
    #[utoipa::path(get, path = "/report")]
    pub(crate) async fn report(_: Depends<get_current_user>) {}
}

#[allow(unused_imports)]
use protected::*;

async fn report() {}

fn main() {
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(report));
}
