use axum_scopes_tests::prelude::*;

#[security(depends(Option<get_current_user>))]
async fn read_items() {}

fn main() {}
