//! The document says what the service does.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use axum_scopes::{
    Scopes,
    login::{AccessGrant, store::SessionId},
};
use axum_scopes_test_support::truth;
use serde_json::json;

use super::Service;
use crate::routes;

const JOHNDOE: &str = "user-johndoe";

#[tokio::test]
async fn the_document_tells_the_truth() {
    let service = Service::start().await;
    let document = service.client.get("/openapi.json").await.json();
    let mut personal = BTreeMap::new();
    for scope in ["items me", "items", "me"] {
        let (scopes, lifetime) = (Scopes::from(scope), Some(Duration::from_secs(60)));
        let new = service.app.server.create_personal_token(JOHNDOE, scope, &scopes, lifetime).await.unwrap();
        personal.insert(scope, new.secret().to_owned());
    }
    // A session of its own for each token, because some routes end it.
    let session = AtomicU8::new(0);
    let token = |place: &str, scopes: &[&str]| {
        let scope = scopes.join(" ");
        if place != "authorization" {
            return personal[scope.as_str()].clone();
        }
        let session = SessionId::from_bytes([session.fetch_add(1, Ordering::Relaxed); 16]);
        let scope = Scopes::from(scope.as_str());
        let grant = AccessGrant { subject: JOHNDOE, client_id: "ui", scope: &scope, session, cnf: None };
        service.app.tokens.sign(&grant).unwrap()
    };
    let router = routes::router(service.app.clone()).unwrap();
    let report = truth::check_each(&router, &document, token).await;
    assert_eq!(report, truth::Report { requests: 32, ..Default::default() });
}

#[tokio::test]
async fn both_kinds_of_tokens_are_in_the_document() {
    let document = Service::start().await.client.get("/openapi.json").await.json();
    let schemes = &document["components"]["securitySchemes"];
    let flow = |name: &str| &schemes["Login"]["flows"][name];
    for flow in [flow("password"), flow("clientCredentials")] {
        assert_eq!((&flow["tokenUrl"], &flow["refreshUrl"]), (&json!("token"), &json!("token")));
    }
    assert_eq!(schemes["PersonalToken"]["name"], "x-personal-token");
    let items = &document["paths"]["/users/me/items/"]["get"];
    assert_eq!(items["security"], json!([{"Login": ["items", "me"]}, {"PersonalToken": ["items", "me"]}]));
    for status in ["401", "403", "503"] {
        assert!(items["responses"][status].is_object(), "{status}");
    }
}
