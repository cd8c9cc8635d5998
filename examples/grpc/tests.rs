//! The service by a client of tonic, over HTTP/2.
#![allow(clippy::unwrap_used, reason = "tests")]

use axum_scopes::{
    guard,
    testing::{Mint, open_routes},
    verified,
};
use prost::Message;
use tokio::net::TcpListener;
use tonic::{
    Code, Request, Status,
    client::Grpc,
    codegen::http::uri::PathAndQuery,
    transport::{Channel, Endpoint},
};
use tonic_prost::ProstCodec;

use crate::{
    app, key,
    notes::{AddReply, AddRequest, ListReply, ListRequest},
    routes::{Api, App, routes},
};

const LIST: &str = "/notes.v1.Notes/List";
const ADD: &str = "/notes.v1.Notes/Add";

/// A connection to this service.
async fn connect(service: axum::Router) -> Grpc<Channel> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, service).await });
    Grpc::new(Endpoint::from_shared(url).unwrap().connect().await.unwrap())
}

async fn client() -> Grpc<Channel> {
    connect(routes().with_state(app(&key().unwrap())).into_router()).await
}

/// The answer to a call with this header, or with none.
async fn call<Q, A>(
    client: &mut Grpc<Channel>,
    method: &'static str,
    request: Q,
    authorization: &str,
) -> Result<A, Status>
where
    Q: Message + Send + Sync + 'static,
    A: Message + Default + Send + Sync + 'static,
{
    client.ready().await.unwrap();
    let mut request = Request::new(request);
    if !authorization.is_empty() {
        request.metadata_mut().insert("authorization", authorization.parse().unwrap());
    }
    let codec = ProstCodec::<Q, A>::default();
    client.unary(request, PathAndQuery::from_static(method), codec).await.map(tonic::Response::into_inner)
}

async fn list(client: &mut Grpc<Channel>, authorization: &str) -> Result<ListReply, Status> {
    call(client, LIST, ListRequest {}, authorization).await
}

async fn add(client: &mut Grpc<Channel>, authorization: &str) -> Result<AddReply, Status> {
    call(client, ADD, AddRequest { text: "Buy milk".to_owned() }, authorization).await
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[tokio::test]
async fn without_a_good_token_a_call_is_unauthenticated() {
    let mint = Mint::new(&key().unwrap());
    let refused = [
        (String::new(), "Unauthorized", r#"Bearer scope="notes:read""#),
        (bearer(&mint.expired("amy", "notes:read")), "Could not validate credentials", ""),
        (bearer(&mint.foreign("amy", "notes:read")), "Could not validate credentials", ""),
        ("Basic YW15OnNlY3JldA==".to_owned(), "Unauthorized", ""),
    ];
    let mut client = client().await;
    for (authorization, message, challenge) in refused {
        let status = list(&mut client, &authorization).await.unwrap_err();
        assert_eq!((status.code(), status.message()), (Code::Unauthenticated, message), "{status:?}");
        let challenged = status.metadata().get("www-authenticate").unwrap().to_str().unwrap();
        assert!(challenged.starts_with("Bearer") && challenged.contains(challenge), "{challenged}");
    }
}

#[tokio::test]
async fn without_its_scopes_a_call_is_denied() {
    let mint = Mint::new(&key().unwrap());
    let mut client = client().await;
    for scope in ["notes:read", "notes:write", ""] {
        let status = add(&mut client, &bearer(&mint.valid("amy", scope))).await.unwrap_err();
        assert_eq!((status.code(), status.message()), (Code::PermissionDenied, "Not enough permissions"));
        let challenge = status.metadata().get("www-authenticate").unwrap();
        assert_eq!(challenge, r#"Bearer error="insufficient_scope", scope="notes:read notes:write""#);
    }
}

#[tokio::test]
async fn each_caller_has_notes_of_its_own() {
    let mint = Mint::new(&key().unwrap());
    let all = "notes:read notes:write";
    let (amy, joe) = (bearer(&mint.valid("amy", all)), bearer(&mint.valid("joe", all)));
    let mut client = client().await;
    assert_eq!(add(&mut client, &amy).await.unwrap(), AddReply {});
    assert_eq!(list(&mut client, &amy).await.unwrap().notes, ["Buy milk"]);
    assert!(list(&mut client, &joe).await.unwrap().notes.is_empty());
}

#[tokio::test]
async fn a_method_that_does_not_exist_is_unimplemented() {
    let status = call::<_, ListReply>(&mut client().await, "/notes.v1.Notes/Delete", ListRequest {}, "").await;
    assert_eq!(status.unwrap_err().code(), Code::Unimplemented);
}

/// A guard in front of a whole service of tonic, as its `Routes` mounts it.
#[tokio::test]
async fn a_guard_protects_a_whole_service() {
    let App { verifier, notes } = app(&key().unwrap());
    let service = axum::Router::new().route_service("/notes.v1.Notes/{*method}", notes);
    let guard = guard!(scopes = ["notes:write"], depends(verified<Api>)).with_state(verifier);
    let routes = guard.admit(service);
    assert_eq!(routes.table().to_string(), "*  /notes.v1.Notes/{*method}  OAuth2 [notes:write]\n");
    let mut client = connect(routes.into_router()).await;
    let mint = Mint::new(&key().unwrap());
    assert_eq!(list(&mut client, "").await.unwrap_err().code(), Code::Unauthenticated);
    let reader = bearer(&mint.valid("amy", "notes:read"));
    assert_eq!(list(&mut client, &reader).await.unwrap_err().code(), Code::PermissionDenied);
    // The service is reached, and closed: this guard tells it no caller.
    let writer = bearer(&mint.valid("amy", "notes:write"));
    assert_eq!(list(&mut client, &writer).await.unwrap_err().code(), Code::Internal);
}

#[tokio::test]
async fn nobody_opens_a_method_by_mistake() {
    let table = "\
*     (fallback)            public (that a method does not exist is no secret)
POST  /notes.v1.Notes/Add   OAuth2 [notes:read notes:write]
POST  /notes.v1.Notes/List  OAuth2 [notes:read]
";
    assert_eq!(routes().table().to_string(), table);
    let router = routes().with_state(app(&key().unwrap())).into_router();
    assert!(open_routes(router).await.is_empty());
}
