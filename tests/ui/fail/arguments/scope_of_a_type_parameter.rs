use axum_scopes_tests::prelude::*;

trait Shop: Send + Sync + 'static {
    const SCOPE: &'static str;
}

#[security(scopes = [S::SCOPE])]
async fn read_items<S: Shop>(_: Depends<get_current_user>, _: State<S>) {}

fn main() {}
