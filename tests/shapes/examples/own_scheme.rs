use axum_scopes_tests::prelude::*;

struct Session(String);

impl Describe for Session {
    const NODE: &'static Node =
        &Node::scheme(&SchemeInfo::new("Session").with_scopes(&[("profile", "Read profiles.")]));
}

impl<S: Sync> FromRequestParts<S> for Session {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
        let header = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        let session = header.and_then(|value| value.strip_prefix("Bearer "));
        session.map(|value| Self(value.to_owned())).ok_or_else(|| AuthError::unauthorized("Not authenticated"))
    }
}

#[security]
async fn find_session(required: SecurityScopes, session: Session) -> Result<String, AuthError> {
    required.check(&Scopes::from(session.0.as_str()))?;
    Ok(session.0)
}

#[security(scopes = ["profile"])]
async fn read_profile(Depends(session): Depends<find_session>) -> String {
    session
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/profile", get(read_profile)));
    assert_eq!(app.get("/profile").bearer("profile").await.text(), "profile");
    assert_eq!(app.get("/profile").bearer("").await.status(), 401);
}
