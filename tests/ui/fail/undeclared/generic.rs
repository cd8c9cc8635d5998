use axum_scopes_tests::prelude::*;

trait Store: Clone + Send + Sync + 'static {
    fn count(&self) -> usize;
}

// `cargo check` sees the scopes of a generic function that nobody instantiates.
#[security(scopes = ["itmes"])]
async fn count_items<S: Store>(_: Depends<get_current_user>, State(store): State<S>) -> String {
    store.count().to_string()
}

fn main() {}
