use axum_scopes_tests::prelude::*;

// A scheme in a tuple is still a scheme.
#[security]
async fn get_user(
    required: SecurityScopes,
    (Bearer(token), _): (Bearer<Api>, Option<Bearer<Api>>),
) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(scopes = ["itmes"])]
async fn read_items(_: Depends<get_user>) {}

fn main() {}
