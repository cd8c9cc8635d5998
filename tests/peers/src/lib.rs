//! The guards that are compared, all around the same route: `GET /` answers with the sender's name, and requires a valid token
//! with the scopes `items` and `me`.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../../benches/by_hand.rs"]
mod by_hand;
pub mod guards;
pub mod keys;
pub mod manifest;
pub mod requests;
pub mod server;

use std::sync::Arc;

use axum::http::StatusCode;

use crate::{
    guards::Guard,
    keys::Issuer,
    requests::{Kind, Sender, expired},
    server::{Asked, Server},
};

/// The state of the extractor that is written by hand.
#[derive(Clone)]
struct App {
    by_hand: Arc<(jsonwebtoken::DecodingKey, jsonwebtoken::Validation)>,
}

/// A guard's router, and who sends it requests of one kind.
pub struct Bench<'a> {
    pub guard: &'static Guard,
    server: Server,
    sender: Sender<'a>,
    kind: Kind,
}

impl<'a> Bench<'a> {
    /// `None` if the guard does not have this. The answers are asserted, so nothing is measured that does not guard.
    pub fn new(guard: &'static Guard, issuer: &'a Issuer, kind: Kind) -> Option<Self> {
        if !guard.checks && kind != Kind::Accepted {
            return None;
        }
        let mut server = (guard.server)(issuer)?;
        // It makes the header of genuine tokens known, too, to those who keep such headers.
        assert_answers(guard, issuer, &mut server);
        Some(Self { guard, server, sender: Sender::new(issuer, guard.form, kind), kind })
    }

    /// The next request.
    pub fn asked(&mut self) -> Asked {
        self.server.asked(self.sender.header())
    }

    /// What is measured.
    #[inline]
    pub fn answer(&mut self, asked: Asked) {
        let status = self.server.answer(asked);
        assert!(self.kind.statuses().contains(&status.as_u16()), "{}, {}: {status}", self.guard.name, self.kind.name());
    }
}

fn assert_answers(guard: &Guard, issuer: &Issuer, server: &mut Server) {
    for kind in Kind::ALL.into_iter().filter(|kind| guard.checks || *kind == Kind::Accepted) {
        let mut sender = Sender::new(issuer, guard.form, kind);
        for _ in 0..3 {
            let asked = server.asked(sender.header());
            let (status, body) = server.answer_with_body(asked);
            assert!(kind.statuses().contains(&status.as_u16()), "{}, {}: {status}", guard.name, kind.name());
            assert_eq!(body == b"johndoe", kind == Kind::Accepted, "{}, {}", guard.name, kind.name());
        }
    }
    if guard.checks {
        let asked = server.asked(Some(expired(issuer, guard.form)));
        assert_eq!(server.answer(asked), StatusCode::UNAUTHORIZED, "{}, an expired token", guard.name);
    }
}
