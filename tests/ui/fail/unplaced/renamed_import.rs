use axum_scopes::Depends as Dep;
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Dep(user): Dep<get_current_user>) -> String {
    user.0
}

fn main() {}
