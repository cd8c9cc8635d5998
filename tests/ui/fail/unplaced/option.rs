use axum_scopes_tests::prelude::*;

// Without `#[security]` on the function, no scopes reach the dependency.
#[axum::debug_handler]
async fn read_items(user: Option<Depends<get_current_user>>) -> String {
    user.map_or_else(String::new, |Depends(user)| user.0)
}

fn main() {}
