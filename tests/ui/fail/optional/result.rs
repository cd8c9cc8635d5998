use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(_: Option<Result<Depends<get_current_user>, Response>>) -> String {
    String::new()
}

fn main() {}
