use axum_scopes::secure::{Router, get};

fn main() {
    let _: Router = Router::new().route("/status", get(async || "up"));
}
