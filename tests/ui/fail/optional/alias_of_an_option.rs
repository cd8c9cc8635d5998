use axum_scopes_tests::prelude::*;

type MaybeUser = Option<Depends<get_current_user>>;

#[security]
async fn read_items(#[security] _: MaybeUser) -> String {
    String::new()
}

fn main() {}
