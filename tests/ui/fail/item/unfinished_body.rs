use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    let name = ;
    user.0
}

fn main() {}
