use axum_scopes_tests::prelude::*;

struct Failed;

#[security]
async fn user(_: Bearer<Api>) -> Result<User, Failed> {
    Err(Failed)
}

#[security]
async fn handler(Depends(user): Depends<user>) {
    let _ = user;
}

fn main() {}
