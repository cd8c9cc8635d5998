use axum_scopes_tests::prelude::*;

struct Items;

#[security(scopes = ["items"])]
impl Items {
    async fn read(_: Depends<get_current_user>) {}
}

fn main() {}
