// An extractor cannot pretend to enforce scopes.

use axum_scopes_tests::prelude::*;

struct Unchecked;

impl Describe for Unchecked {
    const NODE: &'static Node = <SecurityScopes<'static> as Describe>::NODE;
}

#[security(scopes = ["items"])]
async fn read_items(_: Unchecked, _: Option<Bearer<Api>>) {}

fn main() {}
