//! What a client of the example does: it logs in, refreshes, revokes, and calls the API.

use std::{io, net::SocketAddr};

use crate::http::{Answer, Request};

/// What the tests ask for, unless they say otherwise.
pub const SCOPE: &str = "me items account";

/// The tokens of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub scope: String,
}

impl Tokens {
    pub fn of(answer: &Answer) -> Self {
        let text = |member| answer.text(member);
        Self { access: text("access_token"), refresh: text("refresh_token"), scope: text("scope") }
    }
}

pub fn login(user: &str, password: &str, scope: &str) -> Request {
    let fields = [("grant_type", "password"), ("client_id", "ui"), ("username", user), ("password", password)];
    Request::post("/token").form(&[&fields[..], &[("scope", scope)]].concat())
}

pub fn refresh(token: &str) -> Request {
    Request::post("/token").form(&[("grant_type", "refresh_token"), ("client_id", "ui"), ("refresh_token", token)])
}

pub fn refresh_for(token: &str, scope: &str) -> Request {
    let fields = [("grant_type", "refresh_token"), ("client_id", "ui"), ("refresh_token", token), ("scope", scope)];
    Request::post("/token").form(&fields)
}

pub fn revoke(token: &str) -> Request {
    Request::post("/revoke").form(&[("client_id", "ui"), ("token", token)])
}

/// A call of the API, for which no database is asked.
pub fn items(access_token: &str) -> Request {
    Request::get("/users/me/items/").bearer(access_token)
}

/// Logs in, which has to work.
pub async fn log_in(to: SocketAddr, user: &str, password: &str) -> io::Result<Tokens> {
    granted(&login(user, password, SCOPE).send(to).await?)
}

/// The tokens of an answer that has to have some.
pub fn granted(answer: &Answer) -> io::Result<Tokens> {
    match answer.status {
        200 => Ok(Tokens::of(answer)),
        _ => Err(io::Error::other(format!("no token: {answer:?}"))),
    }
}
