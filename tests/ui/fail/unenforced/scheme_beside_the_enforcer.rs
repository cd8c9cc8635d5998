use axum_scopes_tests::prelude::*;

#[security]
async fn get_user(required: SecurityScopes, headers: HeaderMap) -> Result<(), AuthError> {
    let granted = headers.get("x-scopes").and_then(|value| value.to_str().ok()).unwrap_or_default();
    required.check(&Scopes::from(granted))
}

// The handler's own scheme is not in the subtree of the function that compares.
#[security(scopes = ["items"])]
async fn read_items(_: Bearer<Api>, _: Depends<get_user>) {}

fn main() {}
