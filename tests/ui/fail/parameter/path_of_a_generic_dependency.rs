use axum_scopes_tests::prelude::*;

#[security]
async fn find<T: Default + Send + 'static>(_: Bearer<Api>) -> Result<T, AuthError> {
    Ok(T::default())
}

#[security]
async fn read_items(_: Depends<find, String>) {}

fn main() {}
