//! One request to an MCP server: it comes in, and goes on to the server with its caller, or a refusal goes out.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{
        Method,
        header::{CONTENT_LENGTH, TRANSFER_ENCODING},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use tower_service::Service;

use super::{decide::Decision, declared::Declared, headers, message::Message, refusal::Refusal};
use crate::credential::presence::{is_presented, places_are_known};

pub(super) async fn answer<S, C, T>(declared: &Declared<S, C>, state: S, request: Request, server: T) -> Response
where
    C: Clone + Send + Sync + 'static,
    S: Send + Sync + 'static,
    T: Service<Request, Response: IntoResponse, Error = Infallible>,
{
    let passed = match *request.method() {
        Method::POST => message(declared, &state, request).await,
        _ => other(&declared.base, &state, request).await,
    };
    match passed {
        Ok(request) => forward(server, request).await,
        Err(refusal) => refusal,
    }
}

/// A request without a message. Its body is dropped: nobody has read it, and a server that does not look at the method would take it
/// for a message.
async fn other<S, C>(base: &Decision<S, C>, state: &S, request: Request) -> Result<Request, Response>
where
    S: Send + Sync + 'static,
    C: Clone + Send + Sync + 'static,
{
    let (mut parts, _) = request.into_parts();
    let caller = base.caller(&mut parts, state).await?;
    parts.extensions.insert(caller);
    for name in [CONTENT_LENGTH, TRANSFER_ENCODING] {
        parts.headers.remove(name);
    }
    Ok(Request::from_parts(parts, Body::empty()))
}

async fn message<S, C>(declared: &Declared<S, C>, state: &S, request: Request) -> Result<Request, Response>
where
    C: Clone + Send + Sync + 'static,
    S: Send + Sync + 'static,
{
    let base = &declared.base;
    let (mut parts, body) = request.into_parts();
    // A request without a credential is not worth reading. The function is not called twice for one with a credential, because a proof may
    // be good only once.
    if places_are_known(base.tree) && !is_presented(base.tree, &parts) {
        base.caller(&mut parts, state).await?;
    }
    let body = read(&parts, body, declared.body_limit).await;
    let decision = body.as_ref().map_err(|refusal| *refusal).and_then(|body| decide(declared, &parts, body));
    // Who is not authenticated learns nothing about the message.
    let caller = decision.unwrap_or(base).caller(&mut parts, state).await?;
    let scheme = base.tree.first_scheme();
    match (body, decision) {
        (Ok(body), Ok(_)) => {
            parts.extensions.insert(caller);
            Ok(Request::from_parts(parts, Body::from(body)))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into_response(scheme)),
    }
}

/// What decides about the message in `body`.
fn decide<'a, S, C>(declared: &'a Declared<S, C>, parts: &Parts, body: &[u8]) -> Result<&'a Decision<S, C>, Refusal> {
    let message = Message::read(body).map_err(Refusal::Malformed)?;
    if !headers::agree(&parts.headers, &message) {
        return Err(Refusal::Headers);
    }
    declared.decision(message.method.as_deref(), &message.target).ok_or(Refusal::Undeclared)
}

async fn read(parts: &Parts, body: Body, limit: usize) -> Result<Bytes, Refusal> {
    if !headers::is_json(&parts.headers) {
        return Err(Refusal::MediaType);
    }
    // The other error is that of a client that has gone.
    to_bytes(body, limit).await.map_err(|_| Refusal::TooLarge)
}

async fn forward<T>(mut server: T, request: Request) -> Response
where
    T: Service<Request, Response: IntoResponse, Error = Infallible>,
{
    if let Err(never) = std::future::poll_fn(|context| server.poll_ready(context)).await {
        match never {}
    }
    match server.call(request).await {
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    }
}
