mod vendored {
    pub mod web {
        pub use axum_scopes as scopes;
    }
}

mod axum_scopes {
    // A module with the name of the crate.
}

use axum_scopes_tests::prelude::{Api, App, Router};
use vendored::web::scopes::{AuthError, Bearer, Depends, Scopes, SecurityScopes, security};

#[security(crate = vendored::web::scopes)]
async fn find_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(crate = crate::vendored::web::scopes, scopes = ["items"])]
async fn read_items(_: Depends<find_user>) {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", axum::routing::get(read_items)));
    assert_eq!(app.get("/items").bearer("items").await.status(), 200);
    assert_eq!(app.get("/items").bearer("me").await.status(), 401);
}
