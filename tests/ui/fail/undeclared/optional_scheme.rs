use axum_scopes_tests::prelude::*;

// A scheme in an `Option` is still a scheme.
#[security]
async fn get_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<(), AuthError> {
    required.check(&token.map(|Bearer(token)| Scopes::from(token.as_str())))
}

#[security(scopes = ["itmes"])]
async fn read_items(_: Depends<get_user>) {}

fn main() {}
