use axum_scopes_tests::prelude::*;

#[cfg(target_os = "none")]
#[security(scopes = ["no such scope"])]
async fn read_items(_: Depends<nothing>) {}

#[cfg(not(target_os = "none"))]
#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = ["me"])]
#[cfg(not(target_os = "none"))]
async fn read_user(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = ["no such scope"])]
#[cfg(target_os = "none")]
async fn read_user(_: Depends<nothing>) {}

#[cfg_attr(not(target_os = "none"), security(scopes = ["admin"]))]
#[cfg_attr(target_os = "none", must_use)]
async fn read_all(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security]
#[cfg_attr(not(target_os = "none"), axum::debug_handler)]
async fn read_nothing(_: Depends<get_current_user>) {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(
        Router::new()
            .route("/items", get(read_items))
            .route("/user", get(read_user))
            .route("/all", get(read_all))
            .route("/nothing", get(read_nothing)),
    );
    for (path, scope) in [("/items", "items"), ("/user", "me"), ("/all", "admin")] {
        assert_eq!(app.get(path).bearer(scope).await.text(), "joe");
        assert_eq!(app.get(path).bearer("").await.challenge(), Some(&*format!("Bearer scope=\"{scope}\"")));
    }
}
