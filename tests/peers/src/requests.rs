//! The requests that all guards answer: their `Authorization` headers, made ahead of what is measured.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::HeaderValue;
use serde_json::{Value, json};

use crate::keys::{Algorithm, Issuer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Accepted,
    NoToken,
    /// The signature is wrong. The token's header is the one of genuine tokens.
    BadSignature,
    /// The signature is wrong. The token's header differs from that of each token before.
    NewHeader,
    MissingScope,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Accepted, Self::NoToken, Self::BadSignature, Self::NewHeader, Self::MissingScope];

    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NoToken => "no token",
            Self::BadSignature => "bad signature",
            Self::NewHeader => "bad signature, new header",
            Self::MissingScope => "missing scope",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The statuses that are right. A missing scope is 403 by RFC 6750, and 401 as FastAPI documents it.
    pub fn statuses(self) -> &'static [u16] {
        match self {
            Self::Accepted => &[200],
            Self::MissingScope => &[401, 403],
            _ => &[401],
        }
    }
}

/// The header and the claims of a token that grants the scopes.
pub type Form = fn(Algorithm, scopes: &[&str]) -> (Value, Value);

/// What most guards read.
pub fn plain(algorithm: Algorithm, scopes: &[&str]) -> (Value, Value) {
    let header = json!({ "alg": algorithm.name(), "typ": "JWT" });
    (header, json!({ "sub": "johndoe", "scope": scopes.join(" "), "exp": soon() }))
}

/// When all tokens expire.
pub fn soon() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 3600
}

/// Gives one header after the other.
pub struct Sender<'a> {
    issuer: &'a Issuer,
    kind: Kind,
    header: Value,
    claims: Value,
    sent: Option<HeaderValue>,
    count: u64,
}

impl<'a> Sender<'a> {
    pub fn new(issuer: &'a Issuer, form: Form, kind: Kind) -> Self {
        let scopes: &[&str] = if kind == Kind::MissingScope { &["me"] } else { &["me", "items"] };
        let (header, claims) = form(issuer.algorithm, scopes);
        let is_genuine = kind != Kind::BadSignature;
        let sent = match kind {
            Kind::NoToken | Kind::NewHeader => None,
            _ => Some(shared(&issuer.token(&header, &claims, is_genuine))),
        };
        // All tokens that follow are as long as the first one.
        Self { issuer, kind, header, claims, sent, count: 1_000_000 }
    }

    pub fn header(&mut self) -> Option<HeaderValue> {
        if self.kind == Kind::NewHeader {
            self.count += 1;
            // A text, because jsonwebtoken reads no other members that it does not know.
            self.header["n"] = self.count.to_string().into();
            return Some(shared(&self.issuer.token(&self.header, &self.claims, false)));
        }
        self.sent.clone()
    }
}

/// A token that expired an hour ago, and is right otherwise.
pub fn expired(issuer: &Issuer, form: Form) -> HeaderValue {
    let (header, mut claims) = form(issuer.algorithm, &["me", "items"]);
    claims["exp"] = (soon() - 7200).into();
    shared(&issuer.token(&header, &claims, true))
}

/// Servers read shared bytes. The first copy of an owned text would allocate to make it shareable.
fn shared(token: &str) -> HeaderValue {
    let value = HeaderValue::try_from(format!("Bearer {token}")).unwrap();
    let _ = value.clone();
    value
}
