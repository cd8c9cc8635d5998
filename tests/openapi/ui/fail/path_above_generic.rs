use axum_scopes_openapi_tests::prelude::*;

#[utoipa::path(get, path = "/items")]
#[security(scopes = ["items"])]
async fn read_items<S: Clone + Send + Sync + 'static>(_: Depends<get_current_user>, _: State<S>) {}

fn main() {}
