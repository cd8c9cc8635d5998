use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

#[security(public = "it asks nobody")]
async fn language() -> Result<&'static str, AuthError> {
    Ok("en")
}

#[security]
async fn front_page(_: Depends<language>) {}

#[security(public = "it asks nobody")]
async fn enforcer(required: SecurityScopes, _: Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(public = "it asks nobody", cache)]
async fn kept() -> Result<u8, AuthError> {
    Ok(1)
}

fn main() {
    let _ = guard!(public = "it asks nobody", depends(get_current_user));
}
