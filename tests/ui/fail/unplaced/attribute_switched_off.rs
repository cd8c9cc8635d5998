use axum_scopes_tests::prelude::*;

// Only some builds have the attribute.
#[cfg_attr(target_os = "none", security(scopes = ["items"]))]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
