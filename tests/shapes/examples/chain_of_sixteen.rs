use axum_scopes_tests::prelude::*;

#[security(scopes = ["me"])]
async fn d01(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d02(Depends(user): Depends<d01>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d03(Depends(user): Depends<d02>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d04(Depends(user): Depends<d03>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d05(Depends(user): Depends<d04>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d06(Depends(user): Depends<d05>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d07(Depends(user): Depends<d06>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d08(Depends(user): Depends<d07>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d09(Depends(user): Depends<d08>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d10(Depends(user): Depends<d09>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d11(Depends(user): Depends<d10>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d12(Depends(user): Depends<d11>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d13(Depends(user): Depends<d12>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d14(Depends(user): Depends<d13>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d15(Depends(user): Depends<d14>) -> Result<User, AuthError> {
    Ok(user)
}

#[security]
async fn d16(Depends(user): Depends<d15>) -> Result<User, AuthError> {
    Ok(user)
}

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<d16>) -> String {
    user.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items+me").await.text(), "joe");
    assert_eq!(app.get("/items").bearer("items").await.challenge(), Some("Bearer scope=\"items me\""));
}
