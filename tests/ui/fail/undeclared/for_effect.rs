use axum_scopes_tests::prelude::*;

#[security(scopes = ["itmes"], depends(get_current_user))]
async fn read_items() {}

fn main() {}
