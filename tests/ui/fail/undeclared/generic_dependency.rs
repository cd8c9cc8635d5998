use axum_scopes_tests::prelude::*;

trait Store: Clone + Send + Sync + 'static {
    fn user(&self) -> User;
}

#[security]
async fn find_user<S: Store>(_: Depends<get_current_user>, State(store): State<S>) -> Result<User, AuthError> {
    Ok(store.user())
}

// The dependencies of a generic dependency are known without its type parameters.
#[security(scopes = ["itmes"])]
async fn read_items<S: Store>(Depends(user): Depends<find_user<S>>) -> String {
    user.0
}

fn main() {}
