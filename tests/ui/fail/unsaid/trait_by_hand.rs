//! The traits that say who may call something are the library's own.

use axum_scopes::{
    dependency::Attributed,
    secure::{SaidRoutes, SaidService, SaysWho},
};
use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct Open;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

impl SaysWho<()> for Open {}

impl Attributed<()> for Open {
    type Function = read_items;
}

impl SaidRoutes<axum::Router> for Open {}

impl SaidService for Open {
    type Inner = Open;
}

fn main() {}
