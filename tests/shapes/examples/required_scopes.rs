use axum_scopes_tests::prelude::*;

#[security]
async fn show(required: RequiredScopes) -> Result<String, AuthError> {
    Ok(format!("{:?}", required.scopes()))
}

#[security(scopes = ["me"])]
async fn check_twice(
    first: SecurityScopes,
    Bearer(token): Bearer<Api>,
    second: axum_scopes::SecurityScopes,
    Depends(shown): Depends<show>,
) -> Result<String, AuthError> {
    let granted: Vec<_> = token.as_str().split('+').collect();
    first.check(&granted)?;
    second.check(&granted)?;
    Ok(format!("{} {} {shown}", first.scope_str(), second.scope_str()))
}

#[security(scopes = ["items"])]
async fn read_items(required: RequiredScopes, Depends(seen): Depends<check_twice>, again: RequiredScopes) -> String {
    format!("{} / {} / {seen}", required.scope_str(), again.scope_str())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    let answer = app.get("/items").bearer("me+items").await;
    assert_eq!(answer.text(), "items / items / items me items me [\"items\", \"me\"]");
}
