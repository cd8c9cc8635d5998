//! Tokens that are bound to a key are shown with proofs (RFC 9449 §7).

mod challenges;
mod guarded;
mod hostile;
mod nonces;
mod shown;
mod store;

use std::time::{SystemTime, UNIX_EPOCH};

use axum::routing::any;
use axum_scopes::{
    HmacKey, TokenVerifier,
    scheme::{ErrorStyle, Sender},
    sender::{SenderVerifier, dpop::Dpop},
    verified,
};
use axum_scopes_test_support::{Jws, Proof, ProofKey};
use axum_scopes_tests::prelude::*;

/// Under this URL clients know the service.
const ORIGIN: &str = "https://api.example.com";
const SECRET: [u8; 32] = [7; 32];
const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("admin", "Everything.")];

macro_rules! schemes {
    ($($Scheme:ident $sender:expr, $style:ident;)*) => {
        $(struct $Scheme;

        impl OAuth2Scheme for $Scheme {
            const NAME: &'static str = stringify!($Scheme);
            const FLOWS: Flows = Flows::client_credentials("token");
            const SCOPES: &'static [(&'static str, &'static str)] = SCOPES;
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
            const SENDER: Sender = $sender;
        })*
    };
}

schemes!(
    Api Sender::bearer().or_dpop(&["ES256", "EdDSA"]), Rfc6750;
    Plain Sender::bearer().or_dpop(&["ES256"]), FastApi;
    Strict Sender::bearer().or_dpop(&["ES256"]).required(), Rfc6750;
);

type Verifier = SenderVerifier<TokenVerifier>;

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api, Verifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn plain(Depends(claims): Depends<verified<Plain, Verifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn strict(Depends(claims): Depends<verified<Strict, Verifier>>) -> String {
    claims.sub.to_string()
}

fn dpop() -> Dpop {
    Dpop::new(ORIGIN).unwrap()
}

fn verifier(dpop: Dpop) -> Verifier {
    SenderVerifier::new(TokenVerifier::hs256(&HmacKey::new(SECRET).unwrap()), dpop)
}

fn app_with(dpop: Dpop) -> App {
    let router = Router::new().route("/items", any(items)).route("/plain", any(plain)).route("/strict", any(strict));
    let nested = Router::new().route("/items", any(items)).nest("/deep", Router::new().route("/items", any(items)));
    App::new(router.nest("/v1", nested).with_state(verifier(dpop)))
}

fn app() -> App {
    app_with(dpop())
}

fn key() -> ProofKey {
    ProofKey::new(1)
}

/// A token with these claims besides subject and expiry.
fn token(members: &str) -> String {
    let claims = format!(r#"{{"sub":"amy","exp":4102444800{members}}}"#);
    Jws::new(r#"{"alg":"HS256","typ":"at+jwt"}"#, claims).hs256(SECRET)
}

/// A token with a scope, bound to [`key`].
fn bound(scope: &str) -> String {
    token(&format!(r#","scope":"{scope}","cnf":{{"jkt":"{}"}}"#, key().thumbprint()))
}

fn unbound() -> String {
    token(r#","scope":"items""#)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A new proof for `GET path` with a token.
fn proof(path: &str, token: &str) -> Proof {
    key().proof("GET", &format!("{ORIGIN}{path}"), now()).with_token(token).with("jti", fresh())
}

/// A name that no other proof has.
fn fresh() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("proof {}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The answer to `GET path` with a token behind `DPoP` and these proofs.
async fn show(app: &App, path: &str, token: &str, proofs: &[String]) -> Answer {
    app.get(path)
        .header("authorization", format!("DPoP {token}"))
        .headers("dpop", proofs.iter().map(String::as_str))
        .await
}
