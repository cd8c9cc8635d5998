use axum_scopes_tests::prelude::*;

struct Session(String);

impl Describe for Session {
    const NODE: &'static Node =
        &Node::scheme(&SchemeInfo::new("Session").with_scopes(&[("profile", "Read profiles.")]));
}

impl<S: Sync> FromRequestParts<S> for Session {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
        let cookie = parts.headers.get("cookie").and_then(|value| value.to_str().ok());
        cookie.map(|cookie| Self(cookie.to_owned())).ok_or_else(|| AuthError::unauthorized("Not authenticated"))
    }
}

#[security]
async fn get_user(required: SecurityScopes, session: Session) -> Result<(), AuthError> {
    required.check(&Scopes::from(session.0.as_str()))
}

#[security(scopes = ["profiel"])]
async fn read_profile(_: Depends<get_user>) {}

fn main() {}
