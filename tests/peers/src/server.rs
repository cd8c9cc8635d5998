//! A router in this process, of the version of axum that the guard is for, and how it answers.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::http::{HeaderValue, StatusCode, header};
use tower::Service;

pub enum Server {
    Axum(axum::Router),
    Axum07(axum_0_7::Router),
}

/// A request that one of them takes.
pub enum Asked {
    Axum(axum::extract::Request),
    Axum07(axum_0_7::extract::Request),
}

impl From<axum::Router> for Server {
    fn from(router: axum::Router) -> Self {
        Self::Axum(router)
    }
}

impl From<axum_0_7::Router> for Server {
    fn from(router: axum_0_7::Router) -> Self {
        Self::Axum07(router)
    }
}

impl Server {
    pub fn asked(&self, authorization: Option<HeaderValue>) -> Asked {
        let mut request = axum::http::Request::get("/");
        if let Some(value) = authorization {
            request = request.header(header::AUTHORIZATION, value);
        }
        match self {
            Self::Axum(_) => Asked::Axum(request.body(axum::body::Body::empty()).unwrap()),
            Self::Axum07(_) => Asked::Axum07(request.body(axum_0_7::body::Body::empty()).unwrap()),
        }
    }

    /// What is measured.
    #[inline]
    pub fn answer(&mut self, asked: Asked) -> StatusCode {
        match (self, asked) {
            (Self::Axum(router), Asked::Axum(request)) => now(router.call(request)).unwrap().status(),
            (Self::Axum07(router), Asked::Axum07(request)) => now(router.call(request)).unwrap().status(),
            _ => unreachable!("the request is of the other version of axum"),
        }
    }

    pub fn answer_with_body(&mut self, asked: Asked) -> (StatusCode, Vec<u8>) {
        match (self, asked) {
            (Self::Axum(router), Asked::Axum(request)) => {
                let (parts, body) = now(router.call(request)).unwrap().into_parts();
                (parts.status, now(axum::body::to_bytes(body, 1000)).unwrap().to_vec())
            }
            (Self::Axum07(router), Asked::Axum07(request)) => {
                let (parts, body) = now(router.call(request)).unwrap().into_parts();
                (parts.status, now(axum_0_7::body::to_bytes(body, 1000)).unwrap().to_vec())
            }
            _ => unreachable!("the request is of the other version of axum"),
        }
    }
}

/// The result of a future that waits for nothing, so that no runtime is measured.
pub fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a guard waits for something"),
    }
}
