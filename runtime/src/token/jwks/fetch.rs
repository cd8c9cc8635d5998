//! Fetches an issuer's keys and endpoints: two documents, each without redirects, within a time and a size.

use std::{error::Error, future::Future, pin::Pin, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, Uri, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use super::{
    discovery,
    error::{IssuerError, RefreshError},
    issuer::Issuer,
    url::SafeUrl,
};
use crate::{
    Endpoints,
    token::{
        VerificationKey,
        jwk::{self, JwkSet},
    },
};

/// In bytes; a large provider's set has a few thousand.
const MAX_BODY: usize = 1024 * 1024;
/// Of a set; providers have a handful.
const MAX_KEYS: usize = 100;

/// What a refresh brings.
pub(super) struct Fetched {
    pub(super) keys: Vec<VerificationKey>,
    pub(super) endpoints: Option<Endpoints>,
}

/// A refresh on its way.
pub(super) type Refresh = Pin<Box<dyn Future<Output = Result<Fetched, RefreshError>> + Send>>;
/// Begins a refresh.
pub(super) type Fetch = Box<dyn Fn() -> Refresh + Send + Sync>;

/// The client of all issuers.
#[derive(Clone)]
pub(super) struct Http(Client<HttpsConnector<HttpConnector>, Body>);

impl Http {
    pub(super) fn new() -> Result<Self, IssuerError> {
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::aws_lc_rs::default_provider())
            .map_err(|_| IssuerError::Certificates)?
            // Which of the two is decided by `SafeUrl`.
            .https_or_http()
            .enable_http1()
            .build();
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
        let document = match self.get(discovery::openid(url)).await {
            // An authorization server that is no OpenID provider.
            Err(RefreshError::Status(400..=499)) => self.get(discovery::oauth(url)).await,
            other => other,
        }?;
        let found = discovery::read(issuer.url(), url, text(&document).ok_or(RefreshError::Metadata)?)?;
        let set = self.get(Some(found.keys)).await?;
        let set = text(&set).ok_or(RefreshError::Keys(crate::KeyError::Invalid))?;
        let set: JwkSet<'_> = jwk::parse(set).map_err(RefreshError::Keys)?;
        if set.0.len() > MAX_KEYS {
            return Err(RefreshError::TooManyKeys);
        }
        let keys = VerificationKey::from_set(issuer.accepted(), &set).map_err(RefreshError::Keys)?;
        Ok(Fetched { keys, endpoints: found.endpoints })
    }

    /// The body of an answer with status 200.
    async fn get(&self, uri: Option<Uri>) -> Result<Bytes, RefreshError> {
        let request = Request::get(uri.ok_or(RefreshError::KeysUrl)?)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, concat!("axum-scopes/", env!("CARGO_PKG_VERSION")))
            .body(Body::empty())
            .map_err(|_| RefreshError::KeysUrl)?;
        let response = self.0.request(request).await.map_err(|_| RefreshError::Connection)?;
        if response.status() != StatusCode::OK {
            return Err(RefreshError::Status(response.status().as_u16()));
        }
        let body = Limited::new(response.into_body(), MAX_BODY).collect().await.map_err(too_large_or_broken)?;
        Ok(body.to_bytes())
    }
}

fn too_large_or_broken(error: Box<dyn Error + Send + Sync>) -> RefreshError {
    if error.is::<LengthLimitError>() { RefreshError::TooLarge } else { RefreshError::Connection }
}

fn text(body: &Bytes) -> Option<&str> {
    str::from_utf8(body).ok()
}
