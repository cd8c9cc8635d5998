//! A dependency in an `Option` is `None` for a request without its credential, and refuses a bad one.

use axum_scopes::{AccessTable, ApiKeyHeader, ApiKeyScheme, credential::ApiKeyCookie};
use axum_scopes_tests::prelude::*;

use crate::answers::{not_authenticated, not_enough};

type CurrentUser = Depends<get_current_user>;

fn name(user: Option<User>) -> String {
    user.map_or_else(|| "nobody".to_owned(), |user| user.0)
}

#[security(scopes = ["items"])]
async fn greet(user: Option<Depends<get_current_user>>) -> String {
    name(user.map(|Depends(user)| user))
}

#[security]
async fn edge(#[security(scopes = ["items"])] user: std::option::Option<CurrentUser>) -> String {
    name(user.map(|Depends(user)| user))
}

/// An optional user of a dependency.
#[security]
async fn theme(#[security] user: Option<CurrentUser>) -> Result<String, AuthError> {
    Ok(name(user.map(|Depends(user)| user)))
}

#[security(scopes = ["items"])]
async fn themed(Depends(theme): Depends<theme>) -> String {
    theme
}

fn service() -> App {
    let router = Router::new().route("/greet", get(greet)).route("/edge", get(edge)).route("/themed", get(themed));
    App::new(router)
}

#[tokio::test]
async fn an_optional_user_is_nobody_without_a_credential() {
    for path in ["/greet", "/edge", "/themed"] {
        let app = service();
        assert_eq!(app.get(path).await, (200, None, "nobody"), "{path}");
        assert_eq!(app.get(path).bearer("items").await, (200, None, "joe"), "{path}");
        assert_eq!(app.get(path).bearer("me").await, not_enough("items"), "{path}");
    }
}
