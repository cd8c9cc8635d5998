use axum_scopes_tests::prelude::*;

struct Nowhere;

// A path of the user's own that requires nothing.
async fn read_items(Depends(user): Depends<get_current_user, Nowhere>) -> String {
    user.0
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
