use axum_scopes_tests::prelude::*;

type CurrentUser = Depends<get_current_user>;

#[security]
async fn read_items(#[security] _: Option<Option<CurrentUser>>) -> String {
    String::new()
}

fn main() {}
