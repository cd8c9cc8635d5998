//! An issuer on loopback, with the faults that a test chooses.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::{Ipv4Addr, SocketAddr},
    sync::MutexGuard,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::*;

/// The answer at a path.
#[derive(Clone)]
pub(super) enum Page {
    Json(String),
    /// With this `Cache-Control`.
    Fresh(&'static str, String),
    /// Only for requests that accept this media type.
    As(&'static str, String),
    Status(u16),
    Redirect(String),
    Hang,
    /// A head and an endless body: this many bytes at a time, this many milliseconds apart.
    Endless(usize, u64),
}

#[derive(Clone, Default)]
struct Pages(Arc<Mutex<Served>>);

#[derive(Default)]
struct Served {
    pages: HashMap<String, Page>,
    asked: Vec<String>,
}

impl Pages {
    fn lock(&self) -> MutexGuard<'_, Served> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A server with pages that records the requested paths.
pub(super) struct Provider {
    pub(super) url: String,
    pages: Pages,
    task: tokio::task::JoinHandle<()>,
}

impl Provider {
    /// A server without pages.
    pub(super) async fn start() -> Tested<Self> {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let pages = Pages::default();
        let router = Router::new().fallback(answer).with_state(pages.clone());
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url, pages, task })
    }

    /// A valid issuer with these keys.
    pub(super) async fn with_keys(signers: &[&Signer]) -> Tested<Self> {
        let provider = Self::start().await?;
        provider.serve(DOCUMENT, Page::Json(provider.document()));
        provider.serve("/keys", Page::Json(key_set(signers)));
        Ok(provider)
    }

    pub(super) fn document(&self) -> String {
        format!(r#"{{"issuer":"{0}","jwks_uri":"{0}/keys","response_types_supported":["code"]}}"#, self.url)
    }

    pub(super) fn serve(&self, path: &str, page: Page) {
        self.pages.lock().pages.insert(path.to_owned(), page);
    }

    /// The requested paths.
    pub(super) fn asked(&self) -> Vec<String> {
        self.pages.lock().asked.clone()
    }

    pub(super) fn verifier(&self) -> Tested<IssuerVerifier> {
        Ok(IssuerVerifier::start([Issuer::new(&self.url)])?)
    }

    /// The result of the first refresh.
    pub(super) async fn first_refresh(&self) -> Tested<Result<(), String>> {
        let verifier = self.verifier()?;
        loop {
            let status = verifier.status().remove(0);
            if status.last_success.is_some() || status.last_failure.is_some() {
                return Ok(status.last_failure.map_or(Ok(()), |(_, error)| Err(error.to_string())));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(super) const DOCUMENT: &str = "/.well-known/openid-configuration";

pub(super) fn key_set(signers: &[&Signer]) -> String {
    format!(r#"{{"keys":[{}]}}"#, signers.iter().map(|signer| signer.jwk()).collect::<Vec<_>>().join(","))
}

async fn answer(State(pages): State<Pages>, uri: Uri, headers: HeaderMap) -> Response {
    let page = {
        let mut served = pages.lock();
        served.asked.push(uri.to_string());
        served.pages.get(uri.path()).cloned()
    };
    match page {
        Some(Page::Json(body)) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Some(Page::Fresh(said, body)) => ([(header::CACHE_CONTROL, said)], body).into_response(),
        Some(Page::As(media_type, body)) => {
            let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
            if accept.split(',').any(|accepted| accepted.trim() == media_type) {
                ([(header::CONTENT_TYPE, media_type)], body).into_response()
            } else {
                StatusCode::NOT_ACCEPTABLE.into_response()
            }
        }
        Some(Page::Status(status)) => StatusCode::from_u16(status).unwrap_or_default().into_response(),
        Some(Page::Redirect(to)) => axum::response::Redirect::temporary(&to).into_response(),
        Some(Page::Hang) => std::future::pending().await,
        Some(Page::Endless(bytes, pause)) => Body::from_stream(stream::unfold((), move |()| async move {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            Some((Ok::<_, Infallible>(Bytes::from(vec![b' '; bytes])), ()))
        }))
        .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
