//! The mounted function has the same parameters, but lets everybody in.

use axum_scopes::openapi::routes;
use utoipa_axum::router::OpenApiRouter;

mod required {
    use axum_scopes::{AuthError, Bearer, security};
    use axum_scopes_openapi_tests::Api;

    #[security(credential_required)]
    #[utoipa::path(get, path = "/own")]
    pub(crate) async fn own(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
        Ok(())
    }
}

use axum_scopes::Bearer;
use axum_scopes_openapi_tests::Api;
#[allow(unused_imports)]
use required::*;

async fn own(_: Option<Bearer<Api>>) {}

fn main() {
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(own));
}
