use axum_scopes_tests::prelude::*;

enum ApiScope {
    Items,
}

#[security(scopes = [ApiScope::Items])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
