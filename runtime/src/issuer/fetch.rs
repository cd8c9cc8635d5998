//! Fetches an issuer's keys and endpoints: two documents, each without redirects, within a time and a size.

use std::{error::Error, future::Future, pin::Pin, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, Uri, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};

use super::{
    connect::{self, Connector},
    discovery::{self, Found},
    error::{IssuerError, RefreshError, told},
    issuer::Issuer,
    key_set::{self, KeySet},
    url::SafeUrl,
};
use crate::scheme::endpoints::Endpoints;

/// In bytes; a large provider's set has a few thousand.
const MAX_BODY: usize = 1024 * 1024;
/// The second is what RFC 7517 §8.5.2 registers for key sets; some servers answer 406 to whoever does not ask for it.
const ACCEPT: &str = "application/json, application/jwk-set+json";

/// What a refresh brings.
pub(super) struct Fetched {
    pub(super) set: KeySet,
    pub(super) endpoints: Option<Endpoints>,
}

/// A refresh on its way.
pub(super) type Refresh = Pin<Box<dyn Future<Output = Result<Fetched, RefreshError>> + Send>>;
/// Begins a refresh.
pub(super) type Fetch = Box<dyn Fn() -> Refresh + Send + Sync>;

/// The client of all issuers.
#[derive(Clone)]
pub(super) struct Http(Client<Connector, Body>);

impl Http {
    /// Of issuers that are on this machine alone, or else it `needs_certificates`.
    pub(super) fn new(needs_certificates: bool) -> Result<Self, IssuerError> {
        let connector = connect::connector(needs_certificates)?;
        // Minutes lie between two refreshes: nothing to keep a connection for.
        Ok(Self(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector)))
    }

    /// Fetches the keys of `issuer`, whose checked URL is `url`.
    pub(super) fn fetch(self, issuer: Arc<Issuer>, url: SafeUrl) -> Fetch {
        Box::new(move || {
            let (http, issuer, url) = (self.clone(), Arc::clone(&issuer), url.clone());
            Box::pin(async move { http.refresh(&issuer, &url).await })
        })
    }

    async fn refresh(&self, issuer: &Issuer, url: &SafeUrl) -> Result<Fetched, RefreshError> {
        let Found { keys, endpoints } = self.discover(issuer, url).await?;
        let set = self.get(keys).await?;
        let set = text(&set).map_err(RefreshError::key_set)?;
        Ok(Fetched { set: key_set::read(issuer.accepted(), set)?, endpoints })
    }

    /// From the first URL that answers with metadata.
    async fn discover(&self, issuer: &Issuer, url: &SafeUrl) -> Result<Found, RefreshError> {
        let error = match self.metadata(issuer, url, discovery::openid(url)).await {
            // An authorization server that is no OpenID provider, or a page that stands at every path.
            Err(error @ (RefreshError::Status(400..=499) | RefreshError::Metadata(_))) => error,
            other => return other,
        };
        match self.metadata(issuer, url, discovery::oauth(url)).await {
            // The first answer says more.
            Err(RefreshError::Status(400..=499)) => Err(error),
            other => other,
        }
    }

    async fn metadata(&self, issuer: &Issuer, url: &SafeUrl, at: Option<Uri>) -> Result<Found, RefreshError> {
        let document = self.get(at.ok_or(RefreshError::KeysUrl)?).await?;
        let document = text(&document).map_err(RefreshError::metadata)?;
        discovery::read(issuer.url(), url, document)
    }

    /// The body of an answer with status 200.
    async fn get(&self, uri: Uri) -> Result<Bytes, RefreshError> {
        let body = self.body(uri.clone()).await;
        if let Err(error) = &body {
            tracing::debug!(%uri, error = told(error), "a document of an issuer was not read");
        }
        body
    }

    async fn body(&self, uri: Uri) -> Result<Bytes, RefreshError> {
        let request = Request::get(uri)
            .header(header::ACCEPT, ACCEPT)
            .header(header::USER_AGENT, concat!("axum-scopes/", env!("CARGO_PKG_VERSION")))
            .body(Body::empty())
            .map_err(|_| RefreshError::KeysUrl)?;
        let response = self.0.request(request).await.map_err(connect::failed)?;
        if response.status() != StatusCode::OK {
            return Err(RefreshError::Status(response.status().as_u16()));
        }
        let body = Limited::new(response.into_body(), MAX_BODY).collect().await.map_err(too_large_or_broken)?;
        Ok(body.to_bytes())
    }
}

fn too_large_or_broken(error: Box<dyn Error + Send + Sync>) -> RefreshError {
    if error.is::<LengthLimitError>() { RefreshError::TooLarge } else { RefreshError::Connection(error.into()) }
}

/// A byte order mark before it may be ignored (RFC 8259 §8.1).
fn text(body: &Bytes) -> Result<&str, std::str::Utf8Error> {
    str::from_utf8(body).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}
