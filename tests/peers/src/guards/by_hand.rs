//! The extractor that a careful engineer writes around `jsonwebtoken::decode`, which the benchmark of the library uses, too.

use axum::{Router, routing::get};

use super::{BARE, BY_HAND, Guard, verification};
use crate::{App, by_hand::by_hand, keys::Issuer, requests::plain, server::Server};

pub(super) const GUARD: Guard = Guard { name: BY_HAND, form: plain, server, checks: true, bare: BARE, note: "" };

fn server(issuer: &Issuer) -> Option<Server> {
    let app = App { by_hand: verification(issuer).into() };
    Some(Router::new().route("/", get(by_hand)).with_state(app).into())
}
