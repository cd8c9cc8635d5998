use axum_scopes_tests::prelude::*;

type Shown = RequiredScopes;

#[security(scopes = ["items"])]
#[axum::debug_handler]
async fn read_items(_: Depends<get_current_user>, shown: Shown) -> String {
    shown.scope_str().to_owned()
}

fn main() {}
