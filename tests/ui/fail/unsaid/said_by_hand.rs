//! What is said of routes has no constructor, and nobody else can ask for it.

use axum_scopes::secure::{MethodRouter, Router, SaysWho, WithReason, public};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let _ = public("why", async || ()).statement(axum_scopes::secure::says::Token::NEW);
    let _ = WithReason { inner: read_items, says: () };
    let _: MethodRouter = MethodRouter { routes: axum_scopes_tests::prelude::get(async || ()), rows: Vec::new() };
    let _: Router = Router { routes: axum::Router::new(), rows: Vec::new() };
}
