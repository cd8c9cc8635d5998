//! A future is marked by hand with the name of a protected function.

use axum_scopes::{
    private::Of,
    secure::{Router, get},
};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

#[security]
async fn enforcer(required: SecurityScopes, _: Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

fn open() -> Of<read_items, impl Future<Output = ()>> {
    Of::new(async {})
}

fn with_another_path(_: Depends<get_current_user, Root>) -> Of<read_items, impl Future<Output = ()>> {
    Of::new(async {})
}

fn of_a_dependency() -> Of<enforcer, impl Future<Output = ()>> {
    Of::new(async {})
}

fn of_no_function() -> Of<(), impl Future<Output = ()>> {
    Of::new(async {})
}

fn main() {
    let _: Router = Router::new().route("/open", get(open));
    let _: Router = Router::new().route("/root", get(with_another_path));
    let _: Router = Router::new().route("/enforcer", get(of_a_dependency));
    let _: Router = Router::new().route("/nothing", get(of_no_function));
}
