use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
#[axum::debug_handler]
async fn read_items(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

fn main() {}
