use axum_scopes_openapi_tests::prelude::*;
use utoipa::path;

#[security(scopes = ["items"])]
#[path(get, path = "/items")]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
