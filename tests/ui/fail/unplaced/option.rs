use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(user: Option<Depends<get_current_user>>) -> String {
    user.map_or_else(String::new, |Depends(user)| user.0)
}

fn main() {}
