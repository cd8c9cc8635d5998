use axum_scopes_tests::prelude::*;

const REASON: &str = "guests may look";

#[security(public)]
async fn without() {}

#[security(public = "  ")]
async fn empty() {}

#[security(public = REASON)]
async fn constant() {}

#[security(public = )]
async fn nothing() {}

fn main() {}
