use axum_scopes_tests::prelude::*;

#[security]
async fn get_method(request: Request) -> Result<String, AuthError> {
    Ok(request.method().to_string())
}

#[security]
async fn read_items(Depends(method): Depends<get_method>) -> String {
    method
}

fn main() {}
