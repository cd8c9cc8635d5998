use axum_scopes_tests::prelude::*;

#[security]
async fn d0(_: Depends<get_current_user>) -> Result<u32, AuthError> {
    Ok(1)
}

#[security]
async fn d1(Depends(left): Depends<d0>, Depends(right): Depends<d0>) -> Result<u32, AuthError> {
    Ok(left + right)
}

#[security]
async fn d2(Depends(left): Depends<d1>, Depends(right): Depends<d1>) -> Result<u32, AuthError> {
    Ok(left + right)
}

#[security]
async fn d3(Depends(left): Depends<d2>, Depends(right): Depends<d2>) -> Result<u32, AuthError> {
    Ok(left + right)
}

#[security]
async fn d4(Depends(left): Depends<d3>, Depends(right): Depends<d3>) -> Result<u32, AuthError> {
    Ok(left + right)
}

#[security]
async fn d5(Depends(left): Depends<d4>, Depends(right): Depends<d4>) -> Result<u32, AuthError> {
    Ok(left + right)
}

#[security]
async fn d6(Depends(left): Depends<d5>, Depends(right): Depends<d5>) -> Result<u32, AuthError> {
    Ok(left + right)
}

#[security(scopes = ["items"])]
async fn read_items(Depends(leaves): Depends<d6>) -> String {
    leaves.to_string()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "64");
    assert_eq!(app.get("/items").bearer("").await.challenge(), Some("Bearer scope=\"items\""));
}
