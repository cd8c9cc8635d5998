use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn handler(user: Option<Depends<get_current_user>>) {
    let _ = user;
}

fn main() {}
