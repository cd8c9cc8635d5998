use axum_scopes_tests::prelude::*;

trait Items {
    #[security(scopes = ["items"])]
    fn read(_: Depends<get_current_user>) {}
}

fn main() {}
