use axum_scopes_tests::prelude::*;

#[security]
async fn one() -> Result<u32, AuthError> {
    Ok(1)
}

#[security(scopes = ["items"], depends(get_current_user, get_current_active_user))]
async fn search(
    Depends(a): Depends<one>,
    Depends(b): Depends<one>,
    Depends(c): Depends<one>,
    Depends(d): Depends<one>,
    Depends(e): Depends<one>,
    Depends(f): Depends<one>,
    Depends(g): Depends<one>,
    Depends(h): Depends<one>,
    Depends(i): Depends<one>,
    Depends(j): Depends<one>,
    Depends(k): Depends<one>,
    Depends(l): Depends<one>,
    headers: HeaderMap,
    body: String,
) -> String {
    format!("{} {} {body}", a + b + c + d + e + f + g + h + i + j + k + l, headers.len())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(search)));
    assert_eq!(app.get("/items").bearer("items+me").await.text(), "12 1 ");
}
