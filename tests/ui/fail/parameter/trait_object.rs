use axum_scopes_tests::prelude::*;

trait Store: Send + Sync {}

#[security]
async fn read_items(_: Depends<get_current_user>, _: State<dyn Store>) {}

fn main() {}
