use axum_scopes_tests::prelude::*;
use std::borrow::Cow;

#[security]
async fn read_items<'a>(_: Depends<get_current_user>, Path(name): Path<Cow<'a, str>>) -> String {
    name.into_owned()
}

fn main() {}
