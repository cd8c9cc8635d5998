use axum_scopes_tests::prelude::*;

// A user cannot write a tree that claims more than the function does.
fn tree() -> Node {
    Node { name: "read_items", own: &["items"], kind: unreachable!(), children: &[] }
}

fn main() {}
