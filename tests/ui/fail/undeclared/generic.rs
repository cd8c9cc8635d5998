use axum_scopes_tests::prelude::*;

#[security]
async fn user<T: Clone + Send + Sync + 'static>(required: SecurityScopes, _: Bearer<Api>, _: State<T>) -> Result<(), AuthError> {
    required.check("")
}

#[security(scopes = ["itmes"])]
async fn handler<T: Clone + Send + Sync + 'static>(_: Depends<user<T>>) {}

fn main() {}
