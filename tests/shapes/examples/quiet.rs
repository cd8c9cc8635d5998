//! The code that the attribute adds causes no warning.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    single_use_lifetimes,
    unreachable_pub,
    unused_qualifications,
    unused_results,
    rust_2018_idioms,
    clippy::all
)]

use axum_scopes_tests::prelude::*;

/// Deprecated functions keep working, and only their use is reported.
///
/// # Errors
///
/// If the user is not known.
#[deprecated]
#[security(scopes = ["me"])]
async fn find_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

/// Looks at the scopes.
///
/// # Errors
///
/// Never.
#[security(cache)]
#[deprecated = "read the logs"]
async fn log(required: RequiredScopes) -> Result<usize, AuthError> {
    Ok(required.scopes().len())
}

/// Reads items.
#[security(scopes = ["items"], depends(log))]
async fn read_items(
    #[security(scopes = ["admin"])] Depends(user): Depends<find_user>,
    Depends(count): Depends<log>,
) -> String {
    format!("{} {count}", user.0)
}

/// Of any type.
#[security(scopes = ["items"])]
async fn read_all<T: Send + Sync + 'static, const N: usize>(#[security(scopes = ["me"])] _: Depends<get_current_user>) {
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items)).route("/all", get(read_all::<u8, 1>));
}
