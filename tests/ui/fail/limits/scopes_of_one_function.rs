use axum_scopes_tests::prelude::*;

#[security(scopes = [
    "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0", "b1", "b2", "b3", "b4", "b5",
    "b6", "b7", "b8", "b9", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "d0", "d1",
    "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7",
    "e8", "e9", "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "g0", "g1", "g2", "g3",
    "g4",
])]
async fn read_everything(_: Depends<authorize>) {}

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

fn main() {}
