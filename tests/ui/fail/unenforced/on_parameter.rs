use axum_scopes_tests::prelude::*;

#[security]
async fn get_token(Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    Ok(token.as_str().to_owned())
}

// The scopes of a parameter have to be checked by the tree below it, not by one beside it.
#[security]
async fn read_items(#[security(scopes = ["items"])] _: Depends<get_token>, _: Depends<get_current_user>) {}

fn main() {}
