//! Tokens that are bound to their sender are accepted from this sender alone, and a scheme says which of them it takes.

mod bearer;
mod certificates;
mod challenges;
mod forgetful;
mod forwarded;
mod metadata;

use axum_scopes::{
    HmacKey, TokenVerifier,
    credential::ClientCertificate,
    scheme::{ErrorStyle, Sender},
    sender::CertificateVerifier,
    verified,
};
use axum_scopes_test_support::Jws;
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_validated};

const SECRET: [u8; 32] = [7; 32];

/// The SHA-256 of the client's certificate, as tokens have it, and as proxies do.
const X5T: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
const HEX: &str = "0707070707070707070707070707070707070707070707070707070707070707";

/// The thumbprint of a key.
const JKT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

/// Schemes that differ in what they ask of senders, and in their style.
macro_rules! schemes {
    ($($Scheme:ident $style:ident $sender:expr;)*) => {
        $(struct $Scheme;

        impl OAuth2Scheme for $Scheme {
            const NAME: &str = stringify!($Scheme);
            const FLOWS: Flows = Flows::client_credentials("https://id.example/token");
            const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
            const SENDER: Sender = $sender;
        })*
    };
}
use schemes;

/// A good token, with this confirmation if there is one.
fn token(cnf: Option<&str>) -> String {
    Jws::new(r#"{"alg":"HS256"}"#, payload(cnf)).hs256(SECRET)
}

fn payload(cnf: Option<&str>) -> String {
    let cnf = cnf.map(|cnf| format!(r#","cnf":{cnf}"#)).unwrap_or_default();
    format!(r#"{{"sub":"joe","exp":4102444800,"scope":"items"{cnf}}}"#)
}

fn of_certificate() -> String {
    format!(r#"{{"x5t#S256":"{X5T}"}}"#)
}

fn of_key() -> String {
    format!(r#"{{"jkt":"{JKT}"}}"#)
}

fn of_both() -> String {
    format!(r#"{{"jkt":"{JKT}","x5t#S256":"{X5T}"}}"#)
}

/// Confirmations that nobody can confirm (RFC 7800 §3).
fn unknown() -> Vec<String> {
    let mut unknown: Vec<_> =
        [r#"{"kid":"1"}"#, r#"{"jwk":{"kty":"oct"}}"#, r#"{"jwe":"x"}"#, r#"{"jku":"https://a"}"#]
            .map(str::to_owned)
            .into();
    unknown.extend(["{}", "null", "true", "\"x\"", "[]"].map(str::to_owned));
    unknown.extend([of_certificate(), of_key()].map(|known| known.replace('}', r#","kid":"1"}"#)));
    unknown
}

fn verifier() -> TokenVerifier {
    TokenVerifier::hs256(&HmacKey::new(SECRET).unwrap())
}
