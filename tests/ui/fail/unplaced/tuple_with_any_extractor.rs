use axum_scopes_tests::prelude::*;

// A tuple with an extractor that the tree does not know is a leaf, so a dependency in it has no path.
#[security]
async fn read_items((Depends(user), _): (Depends<get_current_user>, HeaderMap)) -> String {
    user.0
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
