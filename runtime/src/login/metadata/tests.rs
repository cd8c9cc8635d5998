//! The document, and whether our own verifier of issuers finds its way by it.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use axum::{body::to_bytes, response::IntoResponse};
use serde_json::{Value, json};

use super::ServerMetadata;
use crate::scheme::{flows::Flows, oauth2::OAuth2Scheme, sender::Sender};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &'static [(&'static str, &'static str)] =
        &[("items", ""), ("repository:{name}:pull", ""), ("me", "")];
}

struct WithProofs;

impl OAuth2Scheme for WithProofs {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &'static [(&'static str, &'static str)] = &[];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
}

#[tokio::test]
async fn the_document_has_the_members_of_rfc_8414() {
    let metadata = ServerMetadata::new::<Api>("https://id.example.com/a/").unwrap();
    assert_eq!(metadata.path(), "/.well-known/oauth-authorization-server/a");
    let response = metadata.into_response();
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["cache-control"], "public, max-age=3600");
    let document: Value = serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap();
    let methods = json!(["client_secret_basic", "client_secret_post", "none"]);
    let expected = json!({
        "issuer": "https://id.example.com/a/",
        "token_endpoint": "https://id.example.com/a/token",
        "revocation_endpoint": "https://id.example.com/a/revoke",
        "jwks_uri": "https://id.example.com/a/.well-known/jwks.json",
        "scopes_supported": ["items", "me"],
        "response_types_supported": [],
        "grant_types_supported": ["password", "refresh_token"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
    });
    assert_eq!(document, expected);
}

#[test]
fn what_differs_is_said() {
    let metadata = ServerMetadata::new::<WithProofs>("http://127.0.0.1:8000").unwrap();
    let metadata = metadata
        .token_endpoint("/oauth/token")
        .and_then(|metadata| metadata.revocation_endpoint("https://other.example.com/revoke"))
        .and_then(|metadata| metadata.jwks_uri("/keys"))
        .unwrap()
        .grant_types(["client_credentials"])
        .client_authentication(["client_secret_basic"]);
    let document = serde_json::to_value(&metadata).unwrap();
    for (member, value) in [
        ("token_endpoint", json!("http://127.0.0.1:8000/oauth/token")),
        ("revocation_endpoint", json!("https://other.example.com/revoke")),
        ("jwks_uri", json!("http://127.0.0.1:8000/keys")),
        ("scopes_supported", json!([])),
        ("grant_types_supported", json!(["client_credentials"])),
        ("token_endpoint_auth_methods_supported", json!(["client_secret_basic"])),
        ("revocation_endpoint_auth_methods_supported", json!(["client_secret_basic"])),
        ("dpop_signing_alg_values_supported", json!(["ES256", "EdDSA"])),
    ] {
        assert_eq!(document[member], value, "{member}");
    }
    for url in ["http://id.example.com/keys", "keys", "https://a@id.example.com/", "https://id.example.com/#keys", ""] {
        assert!(metadata.clone().jwks_uri(url).is_err(), "{url}");
    }
}

#[test]
fn only_safe_urls_are_issuers() {
    for url in ["", "id.example.com", "http://id.example.com", "https://id.example.com?a", "https://id.example.com#a"] {
        assert!(ServerMetadata::new::<Api>(url).is_err(), "{url}");
    }
}

#[cfg(feature = "issuer")]
mod found {
    use std::time::{Duration, SystemTime};

    use axum::{Router, routing::get};
    use tokio::net::TcpListener;

    use super::{Api, ServerMetadata};
    use crate::{
        credential::presented::{Presented, PresentedAs},
        issuer::{Issuer, IssuerVerifier},
        jose::{
            algorithm::Algorithm,
            tests::private_keys::{ED25519, P256, RSA},
        },
        login::{
            access_tokens::{AccessGrant, AccessTokens},
            revocations::Revocations,
            signing_keys::{
                SigningKeys,
                tests::{dated, set},
            },
            store::SessionId,
            times::seconds,
        },
        scopes::set::Scopes,
        token::{claims::Claims, judge::VerifyToken},
    };

    /// Serves the document and the keys on loopback, and returns the issuer.
    async fn serve(keys: SigningKeys) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let metadata = ServerMetadata::new::<Api>(&issuer).unwrap();
        let path = metadata.path();
        let router = Router::new()
            .route("/.well-known/jwks.json", get(async move || keys.jwks_response()))
            .route(&path, get(async move || metadata));
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    /// Three keys have taken over from one another. They are found once, by discovery.
    #[tokio::test]
    async fn our_own_verifier_of_issuers_accepts_tokens_of_each_key() {
        let now = seconds(SystemTime::now()) as u64;
        let keys = SigningKeys::from_jwks(&set([
            dated(P256, "1", now - 60, now + 60),
            dated(ED25519, "2", now - 40, now + 60),
            dated(RSA, "3", now - 20, now + 60),
        ]))
        .unwrap();
        let issuer = serve(keys.clone()).await;
        let tokens = AccessTokens::new(keys, &issuer, "https://api.example.com");
        let revocations = Revocations::new(tokens.lifetime_of_tokens(), Duration::from_secs(60));
        let own = tokens.verifier(&revocations);
        revocations.update(SystemTime::now(), &[]);
        let algorithms = [Algorithm::ES256, Algorithm::EdDSA, Algorithm::RS256];
        let others =
            IssuerVerifier::start([Issuer::new(&issuer).rfc9068("https://api.example.com").algorithms(algorithms)])
                .unwrap();
        let (scope, session) = (Scopes::from("me"), SessionId::from_bytes([7; 16]));
        let mut seen = std::collections::HashSet::new();
        for ago in [50, 30, 10] {
            let grant = AccessGrant { subject: "johndoe", client_id: "web", scope: &scope, session, cnf: None };
            let token = tokens.sign_at(&grant, (now - ago) as f64).unwrap();
            let presented = Presented::new(&token, PresentedAs::Bearer);
            assert!(own.judge_as::<Claims>(&presented).await.is_ok());
            assert_eq!(others.judge_as::<Claims>(&presented).await.unwrap().scope.as_str(), "me");
            seen.insert(token.split('.').next().unwrap().to_owned());
        }
        assert_eq!(seen.len(), 3);
    }
}
