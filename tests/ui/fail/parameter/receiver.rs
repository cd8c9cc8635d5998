use axum_scopes_tests::prelude::*;

struct Service;

impl Service {
    #[security]
    async fn handler(&self, _: Depends<get_current_user>) {}
}

fn main() {}
