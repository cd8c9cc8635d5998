use axum_scopes_tests::prelude::*;

macro_rules! without_attributes {
    ($(#[$_:meta])* async fn $($handler:tt)*) => {
        async fn $($handler)*
    };
}

// A macro around the function drops its attributes.
without_attributes! {
    #[security(scopes = ["items"])]
    async fn read_items(_: Depends<get_current_user>) {}
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
