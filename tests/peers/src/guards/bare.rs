//! The route without any guard, which no route with a guard can be faster than.

use super::{BARE, BARE_0_7, Guard};
use crate::{keys::Issuer, requests::plain, server::Server};

pub(super) const GUARD: Guard = Guard { name: BARE, form: plain, server, checks: false, bare: BARE, note: "" };

/// The same for the guard that is for this version.
pub(super) const GUARD_0_7: Guard =
    Guard { name: BARE_0_7, form: plain, server: server_0_7, checks: false, bare: BARE_0_7, note: "" };

async fn handler() -> String {
    "johndoe".to_owned()
}

fn server(_: &Issuer) -> Option<Server> {
    Some(axum::Router::new().route("/", axum::routing::get(handler)).into())
}

fn server_0_7(_: &Issuer) -> Option<Server> {
    Some(axum_0_7::Router::new().route("/", axum_0_7::routing::get(handler)).into())
}
