use axum_scopes_tests::prelude::*;

struct ApiKey(String);

impl Describe for ApiKey {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("ApiKey"));
}

impl<S: Sync> FromRequestParts<S> for ApiKey {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, AuthError> {
        Ok(Self(String::new()))
    }
}

#[security]
async fn authorize(required: SecurityScopes, key: ApiKey) -> Result<(), AuthError> {
    required.check(&Scopes::from(key.0.as_str()))
}

// No scheme declares scopes, but the grammar of their names is checked nevertheless.
#[security(scopes = ["items\", error=\""])]
async fn read_items(_: Depends<authorize>) {}

fn main() {}
