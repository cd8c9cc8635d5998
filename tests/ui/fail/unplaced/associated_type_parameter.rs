use axum_scopes_tests::prelude::*;

trait Service: Send + Sync + 'static {
    type Caller: Send;
}

struct Shop;

impl Service for Shop {
    type Caller = Depends<get_current_user>;
}

// The attribute sees an associated type of a type parameter. A route could choose a dependency for it.
#[security(scopes = ["items"])]
async fn read_items<H: Service>(_: Depends<get_current_user>, _: H::Caller) {}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items::<Shop>));
}
