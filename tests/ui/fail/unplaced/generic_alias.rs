use axum_scopes_tests::prelude::*;

type Needs<D> = Depends<D>;

#[security(scopes = ["items"])]
async fn read_items(user: Needs<get_current_user>) -> String {
    user.0.0
}

fn main() {}
