//! Messages and server of `notes.proto`. A service of your own has them from `tonic-prost-build`; these are written by hand, so that
//! the example builds without `protoc`.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{extract::Request as Call, response::IntoResponse};
use prost::Message;
use tonic::{
    Request, Response, Status,
    codegen::{BoxFuture, Service},
    server::Grpc,
};
use tonic_prost::ProstCodec;
use tower::service_fn;

#[derive(Clone, PartialEq, Message)]
pub struct ListRequest {}

#[derive(Clone, PartialEq, Message)]
pub struct ListReply {
    #[prost(string, repeated, tag = "1")]
    pub notes: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct AddRequest {
    #[prost(string, tag = "1")]
    pub text: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct AddReply {}

/// The methods of the service.
pub trait Notes: Send + Sync + 'static {
    fn list(&self, request: Request<ListRequest>) -> impl Future<Output = Result<Response<ListReply>, Status>> + Send;

    fn add(&self, request: Request<AddRequest>) -> impl Future<Output = Result<Response<AddReply>, Status>> + Send;
}

/// Answers calls by the methods of `T`.
pub struct NotesServer<T>(Arc<T>);

impl<T> NotesServer<T> {
    pub fn new(notes: T) -> Self {
        Self(Arc::new(notes))
    }
}

impl<T> Clone for NotesServer<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Notes> Service<Call> for NotesServer<T> {
    type Response = axum::response::Response;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, call: Call) -> Self::Future {
        let notes = Arc::clone(&self.0);
        Box::pin(async move {
            let answer = match call.uri().path() {
                "/notes.v1.Notes/List" => {
                    let list = service_fn(move |request| {
                        let notes = Arc::clone(&notes);
                        async move { notes.list(request).await }
                    });
                    Grpc::new(ProstCodec::default()).unary(list, call).await
                }
                "/notes.v1.Notes/Add" => {
                    let add = service_fn(move |request| {
                        let notes = Arc::clone(&notes);
                        async move { notes.add(request).await }
                    });
                    Grpc::new(ProstCodec::default()).unary(add, call).await
                }
                _ => Status::unimplemented("").into_http(),
            };
            Ok(answer.into_response())
        })
    }
}
