use axum_scopes_tests::prelude::*;

struct Caller(User);

// A function that takes `Caller` could not tell the dependency which scopes it requires.
impl<S: Send + Sync + 'static> FromRequestParts<S> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Depends(user) = Depends::<get_current_user>::from_request_parts(parts, state).await?;
        Ok(Self(user))
    }
}

fn main() {}
