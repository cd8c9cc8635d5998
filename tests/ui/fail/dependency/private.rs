use axum_scopes_tests::prelude::*;

mod auth {
    use super::*;

    #[security]
    async fn find_user(_: Bearer<Api>) -> Result<User, AuthError> {
        Ok(User(String::new()))
    }
}

#[security]
async fn read_items(Depends(user): Depends<auth::find_user>) -> String {
    user.0
}

fn main() {}
