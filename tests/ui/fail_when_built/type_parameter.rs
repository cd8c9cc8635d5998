use axum_scopes_tests::prelude::*;

// What the type parameter is to the tree is known once it is chosen.
#[security(scopes = ["items"])]
async fn read_items<T: FromRequestParts<()> + Send + 'static>(_: T) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items::<HeaderMap>));
}
