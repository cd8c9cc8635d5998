//! A closure calls a protected handler with a user that nobody has checked, or passes on what it got from elsewhere.

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = ["items"])]
async fn read_item(Depends(user): Depends<get_current_user>, Path(id): Path<u32>) -> String {
    format!("{} {id}", user.0)
}

fn main() {
    let nobody = || Depends(User("nobody".to_owned()));
    let _: Router = Router::new().route("/closure", get(move || read_items(nobody())));
    let weaker = |Depends(user): Depends<get_current_user, Root>| read_items(Depends(user));
    let _: Router = Router::new().route("/weaker", get(weaker));
    let one = |Path(id): Path<u32>| read_item(Depends(User("nobody".to_owned())), Path(id));
    let _: Router = Router::new().route("/one", get(one));
}
