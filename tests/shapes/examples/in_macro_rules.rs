use axum_scopes_tests::prelude::*;

macro_rules! handlers {
    ($($name:ident: $t:ty, $d:path, $scope:literal, $constant:expr;)*) => {
        $(
            #[security(scopes = [$scope, $constant], depends($d))]
            async fn $name(Depends(user): $t, caller: Depends<$d>) -> String {
                user.0 + &caller.0.0
            }
        )*
    };
}

macro_rules! whole {
    ($item:item) => {
        $item
    };
}

const ME: &str = "me";

handlers! {
    read_items: Depends<get_current_user>, get_current_active_user, "items", ME;
    read_all: Depends<axum_scopes_tests::get_current_user>, axum_scopes_tests::get_current_user, "admin", "me";
}

whole! {
    #[security(scopes = ["items"])]
    async fn read_one(Depends(user): Depends<get_current_user>) -> String {
        user.0
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(
        Router::new().route("/items", get(read_items)).route("/all", get(read_all)).route("/one", get(read_one)),
    );
    assert_eq!(app.get("/items").bearer("items+me").await.text(), "joejoe");
    assert_eq!(app.get("/items").bearer("").await.challenge(), Some("Bearer scope=\"items me\""));
    assert_eq!(app.get("/all").bearer("").await.challenge(), Some("Bearer scope=\"admin me\""));
    assert_eq!(app.get("/one").bearer("").await.challenge(), Some("Bearer scope=\"items\""));
}
