use axum_scopes_tests::prelude::*;

struct Service;

impl Service {
    #[security(scopes = ["items"])]
    async fn handler(_: Depends<get_current_user>) {}
}

fn main() {}
