use axum_scopes_tests::prelude::*;

// The part of the type parameter in the tree is known only when its type is chosen.
#[security(scopes = ["items"])]
async fn read_items<T: FromRequestParts<()> + Send + 'static>(_: T) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items::<HeaderMap>));
}
