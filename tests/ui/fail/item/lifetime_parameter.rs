use axum_scopes_tests::prelude::*;

#[security]
async fn read_items<'a>(_: Depends<get_current_user>) -> &'a str {
    "[]"
}

fn main() {}
