use axum_scopes_tests::prelude::*;

trait Store: Clone + Send + Sync + 'static {
    fn count(&self) -> usize;
}

// `cargo check` checks the scopes of a generic function even if it is not used.
#[security(scopes = ["itmes"])]
async fn count_items<S: Store>(_: Depends<get_current_user>, State(store): State<S>) -> String {
    store.count().to_string()
}

fn main() {}
