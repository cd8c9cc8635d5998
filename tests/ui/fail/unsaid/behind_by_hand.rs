//! Routes cannot be listed as protected behind a layer that does nothing.

use axum_scopes::{dependency::Routes, secure::Router};
use axum_scopes_tests::prelude::*;
use tower::layer::util::Identity;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let tree = <read_items as axum_scopes::tree::Secured>::DEPENDENCY_TREE;
    let _ = Router::<()>::new().behind(Identity::new(), tree);
}
