use axum_scopes_tests::prelude::*;

// The attribute sees a type parameter. A route could choose a dependency for it.
#[security(scopes = ["items"])]
async fn read_items<T: Send + 'static>(_: Depends<get_current_user>, _: T) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items::<Depends<get_current_user>>));
}
