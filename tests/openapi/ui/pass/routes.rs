//! `routes!` takes what the macro of utoipa-axum takes: several functions, paths, and type arguments.

use axum_scopes_openapi_tests::prelude::*;

mod shop {
    use super::*;

    #[security(scopes = ["items"])]
    #[utoipa::path(post, path = "/items")]
    pub async fn write_items(_: Depends<get_current_user>, _body: String) -> impl IntoResponse {}
}

#[security]
#[utoipa::path(get, path = "/items")]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let (_, api): (Router, _) =
        OpenApiRouter::new().routes(routes!(read_items, shop::write_items,)).split_secured();
    assert_eq!(api.paths.paths.len(), 1);
}
