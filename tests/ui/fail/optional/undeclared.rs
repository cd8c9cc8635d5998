use axum_scopes_tests::prelude::*;

#[security(scopes = ["itmes"])]
async fn read_items(_: Option<Depends<get_current_user>>) -> String {
    String::new()
}

fn main() {}
