use axum_scopes_tests::prelude::*;

fn main() {
    let _: Router = Router::new().route("/items", get(|Depends(user): Depends<get_current_user>| async { user.0 }));
}
