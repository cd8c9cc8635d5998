//! The caching of dependencies follows FastAPI's own tests of `SecurityScopes`.

use axum_scopes::RequiredScopes;
use axum_scopes_tests::prelude::*;

use super::{Runs, app};

#[security(cache)]
async fn get_db(State(runs): State<Runs>) -> Result<String, AuthError> {
    Ok(format!("db_{}", runs.next()))
}

#[security]
async fn get_user(
    required: SecurityScopes,
    Bearer(_): Bearer<Api>,
    _: Depends<get_db>,
) -> Result<&'static str, AuthError> {
    required.check(&["me", "items"])?;
    Ok("user")
}

#[security]
async fn endpoint(
    Depends(db): Depends<get_db>,
    #[security(scopes = ["items"])] Depends(_): Depends<get_user>,
) -> String {
    db
}

/// A database session is opened once, although the functions around it require different scopes.
#[tokio::test]
async fn a_dependency_that_sees_no_scopes_runs_once_for_all_of_them() {
    let (app, runs) = app(get(endpoint));
    assert_eq!(app.get("/").bearer("items").await.text(), "db_1");
    assert_eq!(runs.take(), 1);
}

/// The required scopes, as a function with [`RequiredScopes`] sees them.
#[security(cache)]
async fn security1(required: RequiredScopes) -> Result<&'static str, AuthError> {
    Ok(required.scope_str())
}

#[security(cache)]
async fn security2(required: RequiredScopes) -> Result<&'static str, AuthError> {
    Ok(required.scope_str())
}

#[security]
async fn dep3(
    enforced: Depends<get_user>,
    #[security(scopes = ["me"])] Depends(one): Depends<with_user1>,
    #[security(scopes = ["items"])] Depends(two): Depends<with_user2>,
) -> Result<String, AuthError> {
    let Depends(user) = enforced;
    Ok(format!("{user}: {one}, {two}"))
}

#[security]
async fn with_user1(_: Depends<get_user>, Depends(scopes): Depends<security1>) -> Result<&'static str, AuthError> {
    Ok(scopes)
}

#[security]
async fn with_user2(_: Depends<get_user>, Depends(scopes): Depends<security2>) -> Result<&'static str, AuthError> {
    Ok(scopes)
}

#[security]
async fn get_scopes(Depends(seen): Depends<dep3>) -> String {
    seen
}

#[tokio::test]
async fn siblings_do_not_see_each_others_scopes() {
    let (app, _) = app(get(get_scopes));
    assert_eq!(app.get("/").bearer("me").await.text(), "user: me, items");
}

#[security(cache)]
async fn get_db_session(State(runs): State<Runs>) -> Result<String, AuthError> {
    Ok(format!("db_session_{}", runs.next()))
}

/// Each run adds a hundred to the counter.
#[security(cache)]
async fn get_current_user(
    required: SecurityScopes,
    _: Bearer<Api>,
    Depends(session): Depends<get_db_session>,
    State(runs): State<Runs>,
) -> Result<String, AuthError> {
    required.check(&["me", "items"])?;
    runs.add(100);
    Ok(format!("[{}] {session}", required.scope_str()))
}

#[security(cache)]
async fn get_user_me(
    #[security(scopes = ["me"])] Depends(user): Depends<get_current_user>,
    State(runs): State<Runs>,
) -> Result<String, AuthError> {
    runs.add(10_000);
    Ok(format!("me {user}"))
}

#[security(cache)]
async fn get_user_items(Depends(me): Depends<get_user_me>, State(runs): State<Runs>) -> Result<String, AuthError> {
    runs.add(1_000_000);
    Ok(format!("items of {me}"))
}

#[security]
async fn path_operation(
    Depends(me): Depends<get_user_me>,
    #[security(scopes = ["items"])] Depends(items): Depends<get_user_items>,
) -> String {
    format!("{me}; {items}")
}

#[tokio::test]
async fn a_dependency_that_sees_scopes_runs_once_for_each_set_of_them() {
    let (app, runs) = app(get(path_operation));
    assert_eq!(app.get("/").bearer("x").await.text(), "me [me] db_session_1; items of me [items me] db_session_1");
    // The session and the items run once, `get_current_user` and `get_user_me` run twice.
    assert_eq!(runs.take(), 1 + 2 * 100 + 2 * 10_000 + 1_000_000);
}
