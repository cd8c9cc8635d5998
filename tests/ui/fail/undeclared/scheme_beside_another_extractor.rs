// A scheme in a tuple counts beside any other extractor.

use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(
    required: SecurityScopes,
    (token, _): (Option<Bearer<Api>>, HeaderMap),
) -> Result<(), AuthError> {
    required.check(&token.map(|_| ["items"]))
}

#[security(scopes = ["itmes"])]
async fn read_items(_: Depends<find_user>) {}

fn main() {}
