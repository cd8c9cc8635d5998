use axum_scopes_tests::prelude::*;

// The attribute sees `Caller`, but not its fields.
#[derive(axum::extract::FromRequestParts)]
struct Caller {
    user: Depends<get_current_user>,
}

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>, caller: Caller) -> String {
    caller.user.0.0
}

fn main() {}
