use axum_scopes_openapi_tests::prelude::*;


#[security]
async fn get_user_of<T: OAuth2Scheme>(required: SecurityScopes, _: Bearer<T>) -> Result<(), AuthError> {
    required.check(&["items"])
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn read_items<T: OAuth2Scheme>(_: Depends<get_user_of<T>>) {}

fn main() {}
