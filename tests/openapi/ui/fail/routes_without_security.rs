use axum_scopes::openapi::routes;
use utoipa_axum::router::OpenApiRouter;

#[utoipa::path(get, path = "/")]
async fn open() {}

fn main() {
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(open));
}
