use axum_scopes_tests::prelude::*;

fn main() {
    let _: Router = axum_scopes::guard!().protect(Router::new());
}
