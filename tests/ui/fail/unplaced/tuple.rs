use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items((Depends(user), _): (Depends<get_current_user>, Option<Bearer<Api>>)) -> String {
    user.0
}

fn main() {}
