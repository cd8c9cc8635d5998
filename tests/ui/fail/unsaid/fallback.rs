use axum_scopes::secure::Router;

async fn not_found() {}

fn main() {
    let _: Router = Router::new().fallback(not_found).method_not_allowed_fallback(not_found);
}
