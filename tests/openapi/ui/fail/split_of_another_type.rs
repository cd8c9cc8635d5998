use axum_scopes_openapi_tests::prelude::*;

fn main() {
    let _ = Router::<()>::new().split_secured();
}
