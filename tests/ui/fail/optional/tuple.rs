use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(_: Option<(Depends<get_current_user>, Bearer<Api>)>) -> String {
    String::new()
}

fn main() {}
