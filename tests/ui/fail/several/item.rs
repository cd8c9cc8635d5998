use axum_scopes_tests::prelude::*;

#[security]
const unsafe extern "C" fn read_items<'a>(_: Depends<get_current_user, Root>, _: &'a HeaderMap) {}

fn main() {}
