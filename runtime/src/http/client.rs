//! Sends requests: takes a request, yields the answer, whose body is read up to a limit.

use std::{error::Error, time::Duration};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, Request, Response, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};

use super::{
    connect::{self, Connector},
    connections::Connections,
    error::{Cause, HttpError},
};

const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("axum-scopes/", env!("CARGO_PKG_VERSION")));

/// A client. Copies are cheap and share its connections.
#[derive(Clone)]
pub(crate) struct Client(legacy::Client<Connector, Body>);

/// How many connections without a request are kept for each host, and for how long.
pub(crate) struct Idle(pub(crate) usize, pub(crate) Duration);

impl Idle {
    pub(crate) const NONE: Self = Self(0, Duration::ZERO);
}

impl Client {
    /// It `needs_certificates` unless all hosts are loopback addresses.
    ///
    /// # Errors
    ///
    /// The certificates that are trusted cannot be read.
    pub(crate) fn new(
        connections: &Connections,
        needs_certificates: bool,
        Idle(idle, time): Idle,
    ) -> Result<Self, Cause> {
        let connector = connections.connector(needs_certificates)?;
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder.pool_max_idle_per_host(idle).pool_idle_timeout(time).pool_timer(TokioTimer::new());
        Ok(Self(builder.build(connector)))
    }

    /// Sends a request. It sets no limit of time.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> Result<Response<impl Readable>, HttpError> {
        request.headers_mut().insert(header::USER_AGENT, USER_AGENT);
        self.0.request(request).await.map_err(connect::http_error)
    }
}

/// A body that [`read`] reads.
pub(crate) trait Readable: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send {}

impl<B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send> Readable for B {}

/// Reads a body of at most `most` bytes.
pub(crate) async fn read(body: impl Readable, most: usize) -> Result<Bytes, HttpError> {
    Ok(Limited::new(body, most).collect().await.map_err(too_large_or_broken)?.to_bytes())
}

fn too_large_or_broken(error: Box<dyn Error + Send + Sync>) -> HttpError {
    if error.is::<LengthLimitError>() { HttpError::TooLarge } else { HttpError::Connection(error.into()) }
}
