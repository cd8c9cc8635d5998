use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct Items;

impl Items {
    #[security]
    async fn read(_: Depends<get_current_user>, _: State<Self>) {}
}

fn main() {}
