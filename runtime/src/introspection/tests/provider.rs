//! An introspection endpoint on loopback, with the answers that a test chooses. It records what it was sent.

use std::net::{Ipv4Addr, SocketAddr};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::*;

const KEYS: &str = "/keys";

/// The answer to every request for introspection.
#[derive(Clone)]
pub(super) enum Page {
    /// A status, headers and a body.
    Of(u16, Vec<(&'static str, String)>, String),
    Hang,
    /// A head and an endless body: this many bytes every ten milliseconds.
    Endless(usize),
    /// The connection breaks off within the body.
    Broken,
}

impl Page {
    pub(super) fn json(body: impl Into<String>) -> Self {
        Self::Of(200, vec![("content-type", "application/json".to_owned())], body.into())
    }
}

/// A request that was made.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

#[derive(Clone)]
struct Served(Arc<Mutex<(Page, Vec<Asked>, String)>>);

impl Served {
    fn lock(&self) -> MutexGuard<'_, (Page, Vec<Asked>, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) struct Provider {
    pub(super) url: String,
    served: Served,
    task: tokio::task::JoinHandle<()>,
}

impl Provider {
    pub(super) async fn start(page: Page) -> Tested<Self> {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let url = format!("http://{}/introspect?tenant=1", listener.local_addr()?);
        let served = Served(Arc::new(Mutex::new((page, Vec::new(), String::new()))));
        let router = Router::new().fallback(answer).with_state(served.clone());
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url, served, task })
    }

    pub(super) fn serve(&self, page: Page) {
        self.served.lock().0 = page;
    }

    /// The key set of the server.
    pub(super) fn publish(&self, set: String) {
        self.served.lock().2 = set;
    }

    pub(super) fn keys_url(&self) -> String {
        self.url.replace("/introspect?tenant=1", KEYS)
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.served.lock().1.clone()
    }

    pub(super) fn introspection(&self) -> Introspection {
        let credentials = ClientCredentials::basic("api", "a-secret-of-the-service");
        Introspection::new(&self.url, credentials).timeout(Duration::from_secs(1))
    }

    pub(super) fn verifier(&self) -> Tested<IntrospectionVerifier> {
        Ok(IntrospectionVerifier::new(self.introspection())?)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(served): State<Served>, method: Method, uri: Uri, headers: HeaderMap, body: String) -> Response {
    let page = {
        let mut served = served.lock();
        if uri.path() == KEYS {
            return served.2.clone().into_response();
        }
        served.1.push(Asked { method, uri, headers, body });
        served.0.clone()
    };
    match page {
        Page::Of(status, headers, body) => {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            response.body(Body::from(body)).unwrap_or_default()
        }
        Page::Hang => std::future::pending().await,
        Page::Endless(bytes) => pieces(move |_| Some(Ok(Bytes::from(vec![b' '; bytes])))),
        Page::Broken => {
            pieces(
                |i| {
                    if i == 0 { Some(Ok(Bytes::from_static(b"{"))) } else { Some(Err(std::io::Error::other("broken"))) }
                },
            )
        }
    }
}

fn pieces(piece: impl Fn(usize) -> Option<std::io::Result<Bytes>> + Copy + Send + 'static) -> Response {
    let body = Body::from_stream(stream::unfold(0, move |i| async move {
        tokio::time::sleep(Duration::from_millis(10)).await;
        piece(i).map(|piece| (piece, i + 1))
    }));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
