use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct Session {
    user: User,
    roles: (u8, [u8; 3]),
}

/// Finds the session.
///
/// # Errors
///
/// If there is none.
#[doc = "Not kept."]
#[security]
async fn find_session(Depends(mut user): Depends<get_current_user>) -> Result<Session, AuthError> {
    user.0.push('!');
    Ok(Session { user, roles: (1, [2, 3, 4]) })
}

/// Reads items.
#[security(scopes = ["items"])]
async fn read_items(
    /* the caller */ Depends(Session { user: User(name), roles: (first, [.., last]) }): Depends<find_session>,
    session @ Depends(_): Depends<find_session>,
    mut whole: Depends<find_session>,
    #[allow(unused_variables)] unused: Depends<find_session>,
    _: Depends<find_session>,
    #[allow(unused_parens)] (_): (Depends<get_current_user>),
    headers: HeaderMap,
) -> String {
    whole.0.user.0.push('?');
    format!("{name} {first} {last} {} {} {}", session.0.user.0, whole.0.user.0, headers.len())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "joe! 1 4 joe! joe!? 1");
}
