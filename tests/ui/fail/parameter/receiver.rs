use axum_scopes_tests::prelude::*;

struct Items;

impl Items {
    #[security]
    async fn read(&self, _: Depends<get_current_user>) {}
}

fn main() {}
