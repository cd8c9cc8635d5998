//! Measures a request with an RSA, ECDSA or Ed25519 token, with and without the cache of verified tokens, and compares it with
//! the bare verification by the backend. All requests are made in process.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
        ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, VerificationAlgorithm,
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
    security, verified,
};
use axum_scopes_tests::median;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use tower::Service;

const ROUNDS: usize = 400;
const REQUESTS: usize = 25;
const MOST: f64 = 1.10;

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

async fn bare() -> String {
    "johndoe".to_owned()
}

#[security(scopes = ["items", "me"])]
async fn protected(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

/// The kinds of work, in the order of the results.
const WORK: [&str; 4] = ["raw", "bare", "route", "cached"];

struct Case {
    algorithm: Algorithm,
    token: &'static str,
    message: String,
    signature: Vec<u8>,
    /// The parsed key that `raw` verifies with.
    key: ParsedPublicKey,
    /// There are two routers, because each has one verifier as its state.
    uncached: Router,
    cached: Router,
}

impl Case {
    fn new(
        algorithm: Algorithm,
        token: &'static str,
        jwk: &str,
        raw: (&'static dyn VerificationAlgorithm, &[u8]),
        sign: impl Fn(&[u8]) -> Vec<u8>,
    ) -> Self {
        let exp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 3600;
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{algorithm}","typ":"at+jwt","kid":"2026-11"}}"#));
        let short = format!(r#"{{"sub":"johndoe","scope":"me items","exp":{exp}}}"#);
        let rfc9068 = format!(
            r#"{{"iss":"https://id.example.com","aud":"https://api.example.com","sub":"johndoe",{}"iat":{},"exp":{exp}}}"#,
            r#""client_id":"web","scope":"me items","jti":"0b9d4cf6-8d1e-4c0f-9f5c-6f4a3c0f1a77","#,
            exp - 3600
        );
        let verifier = TokenVerifier::new([VerificationKey::from_jwk(algorithm, jwk).unwrap()]);
        let (claims, verifier) = match token {
            "short" => (short, verifier),
            _ => (rfc9068, verifier.rfc9068("https://id.example.com", "https://api.example.com")),
        };
        let message = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims));
        let signature = sign(message.as_bytes());
        let router = |verifier: TokenVerifier| -> Router {
            Router::new().route("/bare", get(bare)).route("/", get(protected)).with_state(verifier)
        };
        Self {
            algorithm,
            token,
            message,
            signature,
            key: ParsedPublicKey::new(raw.0, raw.1).unwrap(),
            uncached: router(verifier.clone()),
            cached: router(verifier.token_cache(1000)),
        }
    }

    fn request(&self, route: &str) -> Request {
        let token = format!("Bearer {}.{}", self.message, URL_SAFE_NO_PAD.encode(&self.signature));
        Request::get(route).header(header::AUTHORIZATION, token).body(Body::empty()).unwrap()
    }

    fn verify(&self) -> Duration {
        let start = Instant::now();
        for _ in 0..REQUESTS {
            let (message, signature) = (black_box(self.message.as_bytes()), black_box(&self.signature));
            black_box(&self.key).verify_sig(message, signature).unwrap();
        }
        start.elapsed()
    }

    async fn call(&mut self, route: &str, is_cached: bool) -> Duration {
        let requests: Vec<_> = (0..REQUESTS).map(|_| self.request(route)).collect();
        let router = if is_cached { &mut self.cached } else { &mut self.uncached };
        let start = Instant::now();
        for request in requests {
            assert_eq!(router.call(request).await.unwrap().status(), StatusCode::OK, "{} {route}", self.algorithm);
        }
        start.elapsed()
    }

    /// The time of each kind of work, in seconds for one request. Another kind is first in each round.
    async fn round(&mut self, round: usize) -> [f64; WORK.len()] {
        let mut times = [0.0; WORK.len()];
        for place in 0..WORK.len() {
            let place = (place + round) % WORK.len();
            let time = match WORK[place] {
                "raw" => self.verify(),
                "bare" => self.call("/bare", false).await,
                "route" => self.call("/", false).await,
                _ => self.call("/", true).await,
            };
            times[place] = time.as_secs_f64() / REQUESTS as f64;
        }
        times
    }

    /// Prints the medians, and returns the ratio of the route to the work that it cannot avoid.
    async fn measure(&mut self) -> f64 {
        let mut rounds = Vec::new();
        for round in 0..ROUNDS + 40 {
            rounds.push(self.round(round).await);
        }
        // The first rounds are for warming up.
        rounds.drain(..40);
        let [raw, bare, route, cached] =
            std::array::from_fn(|place| median(rounds.iter().map(|times| times[place] * 1e9)));
        let ratio = median(rounds.iter().map(|[raw, bare, route, _]| route / (raw + bare)));
        let saved = median(rounds.iter().map(|[_, _, route, cached]| cached / route));
        println!(
            "{:<6} {:<8} {raw:>8.0} {bare:>8.0} {route:>8.0} {ratio:>8.3} {cached:>8.0} {saved:>8.3}",
            self.algorithm, self.token
        );
        ratio
    }
}

/// The cases for a kind of token: as in the benchmark of requests, or as RFC 9068 requires.
fn cases(token: &'static str) -> [Case; 3] {
    let random = SystemRandom::new();
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let ed = Ed25519KeyPair::generate().unwrap();
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    // RFC 8017 §A.1.1: nine bytes, of which the last is zero, then the modulus, two bytes, and the exponent 65537.
    let public = rsa.public_key().as_ref();
    let rsa_jwk = format!(r#"{{"kty":"RSA","n":"{}","e":"{}"}}"#, encode(&public[9..265]), encode(&public[267..]));
    let rs256 = Case::new(Algorithm::RS256, token, &rsa_jwk, (&RSA_PKCS1_2048_8192_SHA256, public), |message| {
        let mut signature = vec![0; rsa.public_modulus_len()];
        rsa.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
        signature
    });
    let public = ec.public_key().as_ref();
    let ec_jwk =
        format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}"#, encode(&public[1..33]), encode(&public[33..]));
    let es256 = Case::new(Algorithm::ES256, token, &ec_jwk, (&ECDSA_P256_SHA256_FIXED, public), |message| {
        ec.sign(&random, message).unwrap().as_ref().to_vec()
    });
    let public = ed.public_key().as_ref();
    let ed_jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, encode(public));
    let eddsa =
        Case::new(Algorithm::EdDSA, token, &ed_jwk, (&ED25519, public), |message| ed.sign(message).as_ref().to_vec());
    [rs256, es256, eddsa]
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    println!(
        "{:<6} {:<8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "ns", "token", "raw", "bare", "route", "ratio", "cached", "ratio"
    );
    let mut worst = 0.0_f64;
    for mut case in ["short", "rfc9068"].into_iter().flat_map(cases) {
        worst = worst.max(case.measure().await);
    }
    let kept = worst <= MOST;
    println!(
        "{}: a route costs {worst:.3} x verification and the bare route, at most {MOST}",
        if kept { "kept" } else { "MISSED" }
    );
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
