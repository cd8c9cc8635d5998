use axum_scopes_tests::prelude::*;

async fn read_items(user: Option<Depends<get_current_user>>) -> String {
    user.map_or_else(String::new, |Depends(user)| user.0)
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
