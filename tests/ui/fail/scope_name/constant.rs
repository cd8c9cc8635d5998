use axum_scopes_tests::prelude::*;

const BAD: &str = "ad\"min";

#[security(scopes = [BAD])]
async fn handler(_: Depends<get_current_user>) {}

fn main() {}
