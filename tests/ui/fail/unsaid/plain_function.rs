use axum_scopes::secure::{Router, get};

async fn status() -> &'static str {
    "up"
}

fn main() {
    let _: Router = Router::new().route("/status", get(status));
}
