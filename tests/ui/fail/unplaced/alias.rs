use axum_scopes_tests::prelude::*;

type CurrentUser = Depends<get_current_user>;

#[security(scopes = ["items"])]
async fn read_items(user: CurrentUser) -> String {
    user.0.0
}

fn main() {}
