use axum_scopes_tests::prelude::*;

// A tuple with an extractor that the tree does not know is a leaf; the dependency in it still stands on no path.
#[security]
async fn read_items((Depends(user), _): (Depends<get_current_user>, HeaderMap)) -> String {
    user.0
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
