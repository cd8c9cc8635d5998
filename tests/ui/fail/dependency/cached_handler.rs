use axum_scopes_tests::prelude::*;

#[security(cache)]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

fn main() {}
