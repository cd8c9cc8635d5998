use axum_scopes_tests::prelude::*;

// The attribute would overwrite the path.
#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user, Root>) {}

fn main() {}
