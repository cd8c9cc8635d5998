use axum_scopes_tests::prelude::*;

// The handler would run although the dependency has refused.
#[security(scopes = ["items"])]
async fn read_items(user: Result<Depends<get_current_user>, Response>) -> String {
    user.map_or_else(|_| String::new(), |Depends(user)| user.0)
}

fn main() {}
