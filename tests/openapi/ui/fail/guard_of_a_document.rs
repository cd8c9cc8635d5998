use axum_scopes_openapi_tests::prelude::*;

#[security]
#[utoipa::path(get, path = "/items")]
async fn read_items(_: Depends<get_current_user>) {}

#[derive(OpenApi)]
#[openapi(paths(read_items))]
struct Document;

fn main() {
    let _ = guard!(depends(get_partner)).protect(Document::openapi());
}
