//! A documented handler does not say who may call it.

use axum_scopes::{
    secure::utoipa::{OpenApiRouter, routes},
    security,
};

#[security]
#[utoipa::path(get, path = "/")]
async fn open() {}

#[utoipa::path(get, path = "/plain")]
async fn plain() {}

fn main() {
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(open));
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(plain));
}
