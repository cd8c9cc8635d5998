use axum_scopes_tests::prelude::*;

#[security]
async fn handler(Depends(user): Depends<get_curent_user>) {
    let _ = user;
}

fn main() {}
