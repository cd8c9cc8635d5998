use axum::body::Bytes;
use axum_scopes_tests::prelude::*;

#[security]
async fn read_upload(body: Bytes) -> Result<usize, AuthError> {
    Ok(body.len())
}

#[security]
async fn upload(Depends(length): Depends<read_upload>) -> String {
    length.to_string()
}

fn main() {}
