//! Without scopes on the path, a function with `SecurityScopes` lets requests without a credential in.

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security]
async fn guest_or_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<bool, AuthError> {
    required.check(&Scopes::new())?;
    Ok(token.is_some())
}

#[security]
async fn front_page(_: Depends<guest_or_user>) {}

#[security(scopes = ["items"])]
async fn read_items(_: Depends<guest_or_user>) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items)).route("/", get(front_page));
}
