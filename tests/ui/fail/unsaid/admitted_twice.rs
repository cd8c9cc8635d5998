use axum_scopes::{guard, secure::Router};
use axum_scopes_tests::prelude::*;

fn main() {
    let inner: Router = Router::new();
    let _ = guard!(depends(get_current_user)).admit(inner);
}
