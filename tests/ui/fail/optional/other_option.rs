use axum_scopes_tests::prelude::*;

// A look-alike that never refuses.
struct Option<T>(std::marker::PhantomData<T>);

impl<S: Sync, T> FromRequestParts<S> for Option<T> {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(std::marker::PhantomData))
    }
}

#[security(scopes = ["items"])]
async fn read_items(_: Option<Depends<get_current_user>>) -> String {
    String::new()
}

fn main() {}
