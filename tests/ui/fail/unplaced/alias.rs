use axum_scopes_tests::prelude::*;

type CurrentUser = Depends<get_current_user>;

#[security(scopes = ["items"])]
async fn handler(user: CurrentUser) {
    let _ = user;
}

fn main() {}
