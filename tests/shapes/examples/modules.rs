use axum_scopes_tests::prelude::*;

mod auth {
    pub mod users {
        use axum_scopes_tests::prelude::*;

        #[security]
        pub async fn find_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
            Ok(user)
        }
    }

    pub use users::find_user as current_user;
}

mod prelude {
    pub use crate::auth::users::*;
}

mod routes {
    use axum_scopes_tests::prelude::*;

    use crate::{auth::current_user, prelude::*};

    #[security(scopes = ["items"])]
    pub async fn read_items(
        Depends(renamed): Depends<current_user>,
        Depends(by_glob): Depends<find_user>,
        Depends(by_path): Depends<crate::auth::users::find_user>,
    ) -> String {
        assert_eq!((&renamed, &by_glob), (&by_path, &by_path));
        by_path.0
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(routes::read_items)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "joe");
    assert_eq!(app.get("/items").bearer("me").await.status(), 401);
}
