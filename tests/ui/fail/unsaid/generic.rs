use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security]
async fn shop<T: Send + 'static>() -> String {
    std::any::type_name::<T>().to_owned()
}

fn main() {
    let _: Router = Router::new().route("/shop", get(shop::<u8>));
}
