//! Measures a request with a token that is bound to a key and its proof, both signed with ES256, and compares it with the two bare
//! verifications and a bare route. All requests are made in process.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, ParsedPublicKey,
        UnparsedPublicKey,
    },
};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    routing::get,
};
use axum_scopes::{
    Depends, Flows, OAuth2Scheme, TokenVerifier,
    jose::{Algorithm, VerificationKey},
    scheme::Sender,
    security,
    sender::{SenderVerifier, dpop::Dpop},
    verified,
};
use axum_scopes_tests::median;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use tower::Service;

const ROUNDS: usize = 400;
const REQUESTS: usize = 25;
const MOST: f64 = 1.15;

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
}

async fn bare() -> String {
    "johndoe".to_owned()
}

#[security(scopes = ["items", "me"])]
async fn protected(Depends(claims): Depends<verified<Api, SenderVerifier<TokenVerifier>>>) -> String {
    claims.sub.into()
}

/// A key that signs with ES256.
struct Key {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

/// A signed text, in the parts that are verified.
struct Signed {
    message: String,
    signature: Vec<u8>,
}

impl Key {
    fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self { pair, random: SystemRandom::new() }
    }

    /// The public key with its members in the order of RFC 7638.
    fn jwk(&self) -> String {
        let point = self.pair.public_key().as_ref();
        let [x, y] = [&point[1..33], &point[33..]].map(|coordinate| URL_SAFE_NO_PAD.encode(coordinate));
        format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
    }

    fn sign(&self, header: &str, claims: &str) -> Signed {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.pair.sign(&self.random, message.as_bytes()).unwrap().as_ref().to_vec();
        Signed { message, signature }
    }
}

impl Signed {
    fn text(&self) -> String {
        format!("{}.{}", self.message, URL_SAFE_NO_PAD.encode(&self.signature))
    }
}

fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

struct Case {
    issuer: ParsedPublicKey,
    client: Key,
    token: Signed,
    router: Router,
    /// The number of proofs so far, because each is good once.
    proofs: usize,
}

impl Case {
    fn new() -> Self {
        let (issuer, client) = (Key::new(), Key::new());
        let claims = format!(
            r#"{{"sub":"johndoe","scope":"me items","exp":{},"cnf":{{"jkt":"{}"}}}}"#,
            now() + 3600,
            sha256(&client.jwk())
        );
        let token = issuer.sign(r#"{"alg":"ES256","typ":"at+jwt","kid":"2026-11"}"#, &claims);
        let tokens = TokenVerifier::new([VerificationKey::from_jwk(Algorithm::ES256, &issuer.jwk()).unwrap()]);
        let verifier = SenderVerifier::new(tokens, Dpop::new("https://api.example.com").unwrap());
        Self {
            issuer: ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, issuer.pair.public_key().as_ref()).unwrap(),
            client,
            token,
            router: Router::new().route("/bare", get(bare)).route("/", get(protected)).with_state(verifier),
            proofs: 0,
        }
    }

    fn proof(&mut self) -> Signed {
        self.proofs += 1;
        let header = format!(r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{}}}"#, self.client.jwk());
        let claims = format!(
            r#"{{"jti":"0b9d4cf6-8d1e-4c0f-{:016x}","htm":"GET","htu":"https://api.example.com/","iat":{},"ath":"{}"}}"#,
            self.proofs,
            now(),
            sha256(&self.token.text())
        );
        self.client.sign(&header, &claims)
    }

    /// Verifies token and proof. The key of the proof is parsed for each proof, because it comes with it.
    fn verify(&mut self) -> Duration {
        let proofs: Vec<_> = (0..REQUESTS).map(|_| self.proof()).collect();
        let point = self.client.pair.public_key().as_ref();
        let start = Instant::now();
        for proof in &proofs {
            let (message, signature) = (black_box(self.token.message.as_bytes()), black_box(&self.token.signature));
            black_box(&self.issuer).verify_sig(message, signature).unwrap();
            let client = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, black_box(point));
            client.verify(black_box(proof.message.as_bytes()), black_box(&proof.signature)).unwrap();
        }
        start.elapsed()
    }

    async fn call(&mut self, route: &str) -> Duration {
        let mut requests = Vec::new();
        for _ in 0..REQUESTS {
            let proof = self.proof().text();
            let request = Request::get(route).header(header::AUTHORIZATION, format!("DPoP {}", self.token.text()));
            requests.push(request.header("dpop", proof).body(Body::empty()).unwrap());
        }
        let start = Instant::now();
        for request in requests {
            assert_eq!(self.router.call(request).await.unwrap().status(), StatusCode::OK, "{route}");
        }
        start.elapsed()
    }

    /// The time of both verifications, of the bare route and of the protected one, in seconds for one request. Another one is first
    /// in each round.
    async fn round(&mut self, round: usize) -> [f64; 3] {
        let mut times = [0.0; 3];
        for place in 0..times.len() {
            let place = (place + round) % times.len();
            let time = match place {
                0 => self.verify(),
                1 => self.call("/bare").await,
                _ => self.call("/").await,
            };
            times[place] = time.as_secs_f64() / REQUESTS as f64;
        }
        times
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut case, mut rounds) = (Case::new(), Vec::new());
    for round in 0..ROUNDS + 40 {
        rounds.push(case.round(round).await);
    }
    // The first rounds are for warming up.
    rounds.drain(..40);
    let [raw, bare, route] = std::array::from_fn(|place| median(rounds.iter().map(|times| times[place] * 1e9)));
    let ratio = median(rounds.iter().map(|[raw, bare, route]| route / (raw + bare)));
    println!("ns: token and proof verified {raw:.0}, bare route {bare:.0}, route {route:.0}");
    let kept = ratio <= MOST;
    println!(
        "{}: a route costs {ratio:.3} x both verifications and the bare route, at most {MOST}",
        if kept { "kept" } else { "MISSED" }
    );
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
