use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(Depends(user): Depends<get_curent_user>) -> String {
    user.0
}

fn main() {}
