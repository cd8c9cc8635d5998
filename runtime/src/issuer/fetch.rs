//! Fetches an issuer's discovery document and its keys: takes an issuer, yields its key set and its endpoints.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode, Uri, header},
};

use super::{
    discovery::{self, Found},
    error::{IssuerError, RefreshError, with_sources},
    issuer::Issuer,
    key_set::{self, KeySet},
    place::Place,
};
use crate::{
    http::{
        client::{self, Client, Idle},
        connections::Connections,
        url::SafeUrl,
    },
    scheme::endpoints::Endpoints,
    text::safe_url,
};

/// The largest answer, in bytes. A large provider's key set has a few thousand.
const MAX_BODY: usize = 1024 * 1024;
/// RFC 7517 §8.5.2 registers the second one for key sets. Some servers answer 406 without it.
const ACCEPT: &str = "application/json, application/jwk-set+json";

/// The result of a refresh.
pub(super) struct Fetched {
    pub(super) set: KeySet,
    pub(super) endpoints: Option<Endpoints>,
    /// For how long the answer with the keys says that it is fresh.
    pub(super) max_age: Option<Duration>,
}

/// A running refresh.
pub(super) type Refresh = Pin<Box<dyn Future<Output = Result<Fetched, RefreshError>> + Send>>;
/// Starts a refresh.
pub(super) type Fetch = Box<dyn Fn() -> Refresh + Send + Sync>;

/// An answer with status 200.
struct Answer {
    body: Bytes,
    max_age: Option<Duration>,
}

/// What all issuers are asked by.
#[derive(Clone)]
pub(super) enum Http {
    Client(Client),
    /// In tests of services: a document for each URL that has one.
    #[cfg(feature = "testing")]
    Documents(Arc<dyn Fn(&str) -> Option<String> + Send + Sync>),
}

impl Http {
    /// It `needs_certificates` unless all issuers are on loopback addresses.
    pub(super) fn new(connections: &Connections, needs_certificates: bool) -> Result<Self, IssuerError> {
        // Minutes pass between refreshes, so no connection is kept.
        Client::new(connections, needs_certificates, Idle::NONE).map(Self::Client).map_err(IssuerError::Certificates)
    }

    /// What fetches the keys of `issuer` from `place`.
    pub(super) fn fetch(self, issuer: Arc<Issuer>, place: Place) -> Fetch {
        Box::new(move || {
            let (http, issuer, place) = (self.clone(), Arc::clone(&issuer), place.clone());
            Box::pin(async move { http.refresh(&issuer, place).await })
        })
    }

    async fn refresh(&self, issuer: &Issuer, place: Place) -> Result<Fetched, RefreshError> {
        let Found { keys, endpoints } = match place {
            Place::WellKnown(url) => self.discover(issuer, &url).await?,
            Place::Metadata(url) => self.metadata(issuer, &url, Some(url.uri().clone())).await?,
            Place::Keys(keys) => Found { keys, endpoints: None },
        };
        let Answer { body, max_age } = self.get(keys.uri().clone()).await?;
        let set = text(&body).map_err(RefreshError::key_set)?;
        Ok(Fetched { set: key_set::read(&issuer.url, &issuer.algorithms, set)?, endpoints, max_age })
    }

    /// The content of the first document that is metadata.
    async fn discover(&self, issuer: &Issuer, url: &SafeUrl) -> Result<Found, RefreshError> {
        let error = match self.metadata(issuer, url, discovery::openid(url)).await {
            // It may be an authorization server without OpenID, or a server with one page at every path.
            Err(error @ (RefreshError::Status(400..=499) | RefreshError::Metadata(_))) => error,
            other => return other,
        };
        match self.metadata(issuer, url, discovery::oauth(url)).await {
            // The first error says more.
            Err(RefreshError::Status(400..=499)) => Err(error),
            other => other,
        }
    }

    async fn metadata(&self, issuer: &Issuer, url: &SafeUrl, at: Option<Uri>) -> Result<Found, RefreshError> {
        let Answer { body, .. } = self.get(at.ok_or(RefreshError::KeysUrl)?).await?;
        let document = text(&body).map_err(RefreshError::metadata)?;
        discovery::read(&issuer.url, url, &issuer.trusted, document)
    }

    /// The answer, if its status is 200.
    async fn get(&self, uri: Uri) -> Result<Answer, RefreshError> {
        self.answer(uri.clone()).await.inspect_err(|error| {
            let uri = safe_url::shown(&uri.to_string()).into_owned();
            tracing::debug!(uri, error = with_sources(error), "cannot fetch a document of an issuer");
        })
    }

    async fn answer(&self, uri: Uri) -> Result<Answer, RefreshError> {
        let client = match self {
            Self::Client(client) => client,
            #[cfg(feature = "testing")]
            Self::Documents(document) => {
                let body = document(&uri.to_string()).ok_or(RefreshError::Status(404))?;
                let body = Bytes::from(body);
                return if body.len() > MAX_BODY {
                    Err(RefreshError::TooLarge)
                } else {
                    Ok(Answer { body, max_age: None })
                };
            }
        };
        let request =
            Request::get(uri).header(header::ACCEPT, ACCEPT).body(Body::empty()).map_err(|_| RefreshError::KeysUrl)?;
        let response = client.send(request).await?;
        if response.status() != StatusCode::OK {
            return Err(RefreshError::Status(response.status().as_u16()));
        }
        let max_age = fresh_for(response.headers());
        Ok(Answer { body: client::read(response.into_body(), MAX_BODY).await?, max_age })
    }
}

/// For how long an answer is fresh (RFC 9111 §5.2.2.1). Without a number, it says nothing about that. With several, the
/// smallest counts.
fn fresh_for(headers: &HeaderMap) -> Option<Duration> {
    let directives = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let directives = directives.flat_map(|value| value.split(',')).filter_map(|one| one.trim().split_once('='));
    let ages = directives.filter(|(name, _)| name.eq_ignore_ascii_case("max-age"));
    ages.filter_map(|(_, age)| age.trim_matches('"').parse().ok()).min().map(Duration::from_secs)
}

/// Ignores a byte order mark, as RFC 8259 §8.1 allows.
fn text(body: &Bytes) -> Result<&str, std::str::Utf8Error> {
    str::from_utf8(body).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}
