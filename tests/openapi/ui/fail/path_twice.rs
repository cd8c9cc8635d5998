use axum_scopes_openapi_tests::prelude::*;

#[utoipa::path(get, path = "/items")]
#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/more")]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
