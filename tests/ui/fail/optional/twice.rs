use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(_: Option<Option<Depends<get_current_user>>>) -> String {
    String::new()
}

fn main() {}
