use axum_scopes_tests::prelude::*;

trait Service {
    type Caller;
}

struct Shop;

impl Service for Shop {
    type Caller = Depends<get_current_user>;
}

#[security(scopes = ["items"])]
async fn read_items(user: <Shop as Service>::Caller) -> String {
    user.0.0
}

fn main() {}
