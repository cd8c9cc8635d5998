use axum_scopes_openapi_tests::prelude::*;
use utoipa as oa;
use utoipa::path as documented;

#[security(scopes = ["items"])]
#[oa::path(get, path = "/items")]
async fn read_items(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[documented(get, path = "/more")]
async fn read_more(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[cfg_attr(all(), oa::path(get, path = "/most"))]
async fn read_most(_: Depends<get_current_user>) {}

fn main() {}
