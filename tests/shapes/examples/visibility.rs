#![deny(private_interfaces, unreachable_pub)]

use axum_scopes_tests::prelude::*;

mod auth {
    use axum_scopes_tests::prelude::*;

    pub(super) struct Session;

    #[security]
    pub(crate) async fn find_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
        Ok(user)
    }

    #[security]
    pub(in crate::auth) async fn find_session(_: Depends<find_user>) -> Result<Session, AuthError> {
        Ok(Session)
    }

    #[security]
    async fn log(_: Depends<find_session>) -> Result<(), AuthError> {
        Ok(())
    }

    #[security(scopes = ["items"])]
    async fn read_items(_: Depends<log>, _: Depends<find_session>) {}

    pub(super) fn routes() -> Router {
        Router::new().route("/items", get(read_items))
    }
}

#[security]
async fn read_user(Depends(user): Depends<auth::find_user>) -> String {
    user.0
}

fn main() {
    let _: Router = auth::routes().route("/user", get(read_user));
}
