//! A function without the attribute returns the future of a protected one, as it is or in another.

use std::pin::Pin;

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

fn opaque() -> impl Future<Output = String> + Send {
    read_items(Depends(User("nobody".to_owned())))
}

fn boxed() -> Pin<Box<dyn Future<Output = String> + Send>> {
    Box::pin(opaque())
}

fn main() {
    let _: Router = Router::new().route("/opaque", get(opaque));
    let _: Router = Router::new().route("/boxed", get(boxed));
    let again = async |user| read_items(user).await;
    let _: Router = Router::new().route("/again", get(again));
}
