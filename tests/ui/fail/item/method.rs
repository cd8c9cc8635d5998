use axum_scopes_tests::prelude::*;

struct Items;

impl Items {
    #[security(scopes = ["items"])]
    async fn read(self, _: Depends<get_current_user>) {}
}

fn main() {}
