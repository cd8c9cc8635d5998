use axum_scopes_tests::prelude::*;

mod names {
    pub const ITEMS: &str = "items";
    pub const ADMIN: &str = concat!("ad", "min");

    pub struct Names;

    impl Names {
        pub const ME: &'static str = "me";
    }
}

trait Named {
    const SCOPE: &'static str;
}

impl Named for names::Names {
    const SCOPE: &'static str = names::ITEMS;
}

#[security(scopes = [names::ITEMS, names::Names::ME, "admin"])]
async fn read_all(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = [<names::Names as Named>::SCOPE,])]
async fn read_items(#[security(scopes = [names::ADMIN])] Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = [])]
async fn read_nothing(_: Depends<get_current_user>) {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(
        Router::new()
            .route("/all", get(read_all))
            .route("/items", get(read_items))
            .route("/nothing", get(read_nothing)),
    );
    assert_eq!(app.get("/all").bearer("").await.challenge(), Some("Bearer scope=\"items me admin\""));
    assert_eq!(app.get("/items").bearer("").await.challenge(), Some("Bearer scope=\"items admin\""));
    assert_eq!(app.get("/nothing").bearer("").await.status(), 200);
}
