use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

fn main() {
    let _: Router = guard!(credential_required, depends(get_current_user)).protect(Router::new());
}
