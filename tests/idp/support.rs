//! A service that accepts the tokens of the provider, and a client of the provider.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, clippy::missing_panics_doc, reason = "tests")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::{Router, routing::get};
use axum_scopes::{
    Depends, Flows, OAuth2Scheme,
    issuer::{Issuer, IssuerVerifier},
    security, verified,
};
use axum_scopes_test_support::{App, ProofKey, base64url};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Mutex, MutexGuard},
};

#[derive(Debug)]
pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("http://127.0.0.1:9400/token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items.")];
}

#[security(scopes = ["me"])]
async fn read_me(Depends(claims): Depends<verified<Api, IssuerVerifier>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<verified<Api, IssuerVerifier>>) -> String {
    claims.sub.to_string()
}

/// A service whose verifier has just been started.
#[derive(Debug)]
pub struct Service {
    pub verifier: IssuerVerifier,
    pub app: App,
}

impl Service {
    #[must_use]
    pub fn start(url: &str) -> Self {
        Self::of(Issuer::new(url).rfc9068("urn:example:api"))
    }

    #[must_use]
    pub fn of(issuer: Issuer) -> Self {
        let verifier = IssuerVerifier::start([issuer]).unwrap();
        let router = Router::new().route("/me", get(read_me)).route("/items", get(read_items));
        Self { app: App::new(router.with_state(verifier.clone())), verifier }
    }

    pub async fn status(&self, token: &str) -> u16 {
        self.app.get("/items").bearer(token).await.status()
    }
}

/// The provider, which only one test at a time can use.
#[derive(Debug)]
pub struct Provider {
    pub url: String,
    _alone: MutexGuard<'static, ()>,
}

impl Provider {
    pub async fn new() -> Self {
        static ALONE: Mutex<()> = Mutex::const_new(());
        let url = std::env::var("IDP_URL").expect("IDP_URL names the provider: see tests/idp/run.sh");
        let provider = Self { url, _alone: ALONE.lock().await };
        provider.fail("ok").await;
        provider
    }

    /// An access token with the scope `scope` for the resource `urn:example:{resource}`.
    pub async fn token(&self, resource: &str, scope: &str) -> String {
        self.token_with("", resource, scope).await
    }

    /// The same, bound to a key.
    pub async fn bound_token(&self, resource: &str, scope: &str) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let proof = ProofKey::new(1).proof("POST", &format!("{}/token", self.url), now.as_secs());
        let proof = proof.with("jti", now.as_nanos().to_string()).sign();
        self.token_with(&format!("DPoP: {proof}\r\n"), resource, scope).await
    }

    async fn token_with(&self, headers: &str, resource: &str, scope: &str) -> String {
        let form = format!("grant_type=client_credentials&scope={scope}&resource=urn:example:{resource}");
        let credentials = BASE64_STANDARD.encode("svc:svc-secret");
        let head = format!(
            "Authorization: Basic {credentials}\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}"
        );
        let body = self.request("POST", "/token", &head, &form).await;
        let answer: Value = serde_json::from_str(&body).expect(&body);
        answer["access_token"].as_str().expect(&body).to_owned()
    }

    pub async fn rotate(&self, keep: bool) {
        self.request("POST", &format!("/__admin/rotate?keep={}", u8::from(keep)), "", "").await;
    }

    /// Makes the provider spoil its documents in this way from now on.
    pub async fn fail(&self, mode: &str) {
        self.request("POST", &format!("/__admin/fail?mode={mode}"), "", "").await;
    }

    /// The number of requests for the discovery document and for the key set.
    pub async fn asked(&self) -> [u64; 2] {
        let stats: Value = serde_json::from_str(&self.request("GET", "/__admin/stats", "", "").await).unwrap();
        ["discovery", "jwks"].map(|name| stats[name].as_u64().unwrap())
    }

    /// Revokes a token (RFC 7009 §2).
    pub async fn revoke(&self, token: &str) {
        let credentials = BASE64_STANDARD.encode("svc:svc-secret");
        let head = format!("Authorization: Basic {credentials}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        self.request("POST", "/token/revocation", &head, &format!("token={token}")).await;
    }

    /// The number of requests for introspection.
    pub async fn introspected(&self) -> u64 {
        let stats: Value = serde_json::from_str(&self.request("GET", "/__admin/stats", "", "").await).unwrap();
        stats["introspection"].as_u64().unwrap()
    }

    async fn request(&self, method: &str, path: &str, head: &str, body: &str) -> String {
        let host = self.url.strip_prefix("http://").unwrap();
        let length = body.len();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request =
            format!("{method} {path} HTTP/1.0\r\nHost: {host}\r\n{head}Content-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        tokio::time::timeout(Duration::from_secs(30), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}

/// The token with another header, so that its signature is invalid.
#[must_use]
pub fn forge(token: &str, alg: &str, kid: &str) -> String {
    let header = base64url(format!(r#"{{"alg":"{alg}","typ":"at+jwt","kid":"{kid}"}}"#));
    format!("{header}.{}", token.split_once('.').unwrap().1)
}
