use axum_scopes_tests::prelude::*;
use std::borrow::Cow;

#[security]
async fn read_items(_: Depends<get_current_user>, Path(name): Path<Cow<'_, str>>) -> String {
    name.into_owned()
}

fn main() {}
