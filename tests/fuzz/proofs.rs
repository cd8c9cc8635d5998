//! A target that sends proofs of possession with a token that is bound to a key.

use std::{
    sync::LazyLock,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use axum::{Router, http::HeaderValue, routing::get};
use axum_scopes::error::StoreError;
use axum_scopes::{
    Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
    scheme::Sender,
    security,
    sender::{
        SenderVerifier,
        dpop::{Dpop, ReplayStore},
    },
    verified,
};
use axum_scopes_test_support::{App, Jws, ProofKey};
use data_encoding::BASE64URL_NOPAD;

use crate::{oracle::proof::Rules, service::answer};

const URL: &str = "https://api.example/v1/items";

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
}

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api, SenderVerifier<TokenVerifier>>>) -> String {
    claims.sub.into()
}

/// Knows no proof, because each input is sent many times.
struct Forgetful;

impl ReplayStore for Forgetful {
    async fn first_use(&self, _: &[u8; 32], _: &[u8; 32], _: u64) -> Result<bool, StoreError> {
        Ok(true)
    }
}

const SEED: u8 = 1;

static KEY: LazyLock<ProofKey> = LazyLock::new(|| ProofKey::new(SEED));

/// The same key.
static SIGNER: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let coordinate = |name: &str| BASE64URL_NOPAD.decode(KEY.jwk()[name].as_str().expect("a coordinate").as_bytes());
    let point = [vec![4], coordinate("x").expect("base64url"), coordinate("y").expect("base64url")].concat();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, &[SEED; 32], &point).expect("a key")
});

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let claims = format!(r#"{{"sub":"joe","exp":4102444800,"scope":"items","cnf":{{"jkt":"{}"}}}}"#, KEY.thumbprint());
    let coordinate = |name: &str| KEY.jwk()[name].as_str().expect("a coordinate").to_owned();
    Rules {
        method: "GET",
        host: "api.example",
        path: "/v1/items",
        token: Jws::new(r#"{"alg":"HS256"}"#, claims).hs256([7; 32]),
        key: (coordinate("x"), coordinate("y")),
    }
});

static APP: LazyLock<App> = LazyLock::new(|| {
    let tokens = TokenVerifier::hs256(&HmacKey::new([7; 32]).expect("a key"));
    let dpop = Dpop::new("https://api.example").expect("an origin").replay_store(Forgetful);
    App::new(Router::new().route("/v1/items", get(items)).with_state(SenderVerifier::new(tokens, dpop)))
});

/// The first byte chooses what the other bytes are: header and claims that are signed, a URL in a signed proof, or the headers
/// `DPoP`, one on each line. Some bytes stand for what a fuzzer cannot guess.
pub fn proofs(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let proofs = match form % 3 {
        0 => {
            let rest = expanded(rest);
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let (header, claims) = rest.split_at(end);
            vec![signed(header, claims.get(1..).unwrap_or_default())]
        }
        1 => {
            // Signing takes time, and no shorter text is a URL.
            let Some(url) = str::from_utf8(rest).ok().filter(|url| url.len() >= "https://".len()) else { return };
            vec![good(url)]
        }
        _ => rest.split(|byte| *byte == b'\n').map(expanded).collect(),
    };
    let values: Result<Vec<_>, _> = proofs.iter().map(|proof| HeaderValue::from_bytes(proof)).collect();
    let Ok(values) = values else { return };
    let call = APP.get("/v1/items").header("authorization", format!("DPoP {}", RULES.token)).headers("dpop", &values);
    let answer = answer(call);
    match RULES.judge(&proofs) {
        None => (),
        Some(true) => assert_eq!(answer, (200, None, "joe")),
        Some(false) => {
            assert_eq!(answer.status(), 401, "{answer:?}");
            let challenges = answer.challenges().join(", ");
            assert!(challenges.contains(r#"error="invalid_dpop_proof""#), "{challenges}");
        }
    }
}

/// Only with a key in its header may a signature be good, and signing takes time.
fn signed(header: &[u8], claims: &[u8]) -> Vec<u8> {
    let jws = Jws::new(header, claims);
    let has_key = header.windows(2).any(|two| two == b"\"x");
    if has_key { sign(&jws) } else { jws.with_signature("").into_bytes() }
}

/// A proof for this URL.
fn good(url: &str) -> Vec<u8> {
    let proof = KEY.proof("GET", url, now()).with_token(&RULES.token);
    sign(&Jws::new(proof.header.to_string(), proof.claims.to_string()))
}

fn sign(jws: &Jws) -> Vec<u8> {
    jws.signed(|message| SIGNER.sign(&SystemRandom::new(), message).expect("a signature")).into_bytes()
}

/// The bytes 1 to 5 stand for the key, the digest of the token, the time, the URL, and a whole proof.
fn expanded(bytes: &[u8]) -> Vec<u8> {
    let mut expanded = Vec::new();
    for byte in bytes {
        match byte {
            1 => expanded.extend(KEY.jwk().to_string().bytes()),
            2 => expanded.extend(axum_scopes_test_support::digest(&RULES.token).bytes()),
            3 => expanded.extend(now().to_string().bytes()),
            4 => expanded.extend(URL.bytes()),
            5 => expanded.extend(good(URL)),
            other => expanded.push(*other),
        }
    }
    expanded
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs()
}
