use axum_scopes_tests::prelude::*;

async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
