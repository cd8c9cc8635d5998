use axum_scopes_tests::prelude::*;

type CurrentUser = Depends<get_current_user>;

#[security]
async fn read_items(user: Option<CurrentUser>) -> String {
    user.map_or_else(String::new, |Depends(user)| user.0)
}

fn main() {}
