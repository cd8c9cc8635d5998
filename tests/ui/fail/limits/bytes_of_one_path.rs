use axum_scopes_tests::prelude::*;

const fn long<const LETTER: u8>() -> &'static str {
    match str::from_utf8(&[LETTER; 2100]) {
        Ok(name) => name,
        Err(_) => "",
    }
}

const FIRST: &str = long::<b'a'>();
const SECOND: &str = long::<b'b'>();

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

#[security(scopes = [FIRST])]
async fn read_first(_: Depends<authorize>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = [SECOND])]
async fn read_second(_: Depends<read_first>) {}

fn main() {}
