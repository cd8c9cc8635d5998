use axum_scopes_tests::prelude::*;

type CurrentUser = Depends<get_current_user>;
type Needs<D> = Depends<D>;
#[allow(non_camel_case_types)]
type active_user = get_current_active_user;

trait Service {
    type Caller;
}

struct Shop;

impl Service for Shop {
    type Caller = CurrentUser;
}

#[security(scopes = ["items"])]
async fn read_items(
    #[security] user: CurrentUser,
    #[security(scopes = ["admin"])] Depends(admin): CurrentUser,
    #[security] Depends(needed): Needs<get_current_user>,
    #[security] caller: <Shop as Service>::Caller,
    Depends(active): Depends<active_user>,
) -> String {
    [user.0, admin, needed, caller.0, active].map(|user| user.0).join(" ")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items+admin+me").await.text(), "joe joe joe joe joe");
    assert_eq!(app.get("/items").bearer("items").await.challenge(), Some("Bearer scope=\"items admin\""));
}
