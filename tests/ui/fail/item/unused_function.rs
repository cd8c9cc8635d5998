//! The compiler tells that nobody calls a function, as without the attribute, and tells it once.

#![deny(dead_code, unused_variables)]

use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(Depends(user): Depends<get_current_user>) {}

fn main() {}
