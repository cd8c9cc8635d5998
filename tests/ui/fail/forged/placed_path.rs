use axum_scopes_tests::prelude::*;

struct Nowhere;

// A user cannot write a path that requires no scopes.
async fn read_items(Depends(user): Depends<get_current_user, Nowhere>) -> String {
    user.0
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
