use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(_: Depends<get_current_user>, name: impl AsRef<str> + Send) -> String {
    name.as_ref().to_owned()
}

fn main() {}
