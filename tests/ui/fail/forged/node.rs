use axum_scopes_tests::prelude::*;

// A tree that says more than the function does.
fn tree() -> Node {
    Node { name: "read_items", own: &["items"], kind: unreachable!(), children: &[] }
}

fn main() {}
