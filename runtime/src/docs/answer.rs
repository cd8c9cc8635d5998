//! Takes a file, answers conditional requests for it (RFC 9110 §13).

use std::{
    future::ready,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use axum::{
    body::Bytes,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};

use super::policy::COMMON;

/// A body that does not change while the service runs, with its headers.
pub(super) struct File {
    body: Bytes,
    etag: String,
    headers: Vec<(HeaderName, &'static str)>,
}

impl File {
    pub(super) fn new(body: Bytes, headers: Vec<(HeaderName, &'static str)>) -> Self {
        // All processes of one build have the same tag. Other builds may have another, which costs only a download.
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        Self { etag: format!("\"{:016x}\"", hasher.finish()), body, headers }
    }

    pub(super) fn json(body: Bytes) -> Self {
        Self::new(body, vec![(CONTENT_TYPE, "application/json")])
    }

    pub(super) fn into_route<S: Clone + Send + Sync + 'static>(self) -> MethodRouter<S> {
        let file = Arc::new(self);
        get(move |request: HeaderMap| ready(file.answer(&request)))
    }

    /// 304 if the client has this version already, else the file.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let validators = (COMMON, [(ETAG, self.etag.clone())]);
        if is_known(&self.etag, request) {
            return (StatusCode::NOT_MODIFIED, validators).into_response();
        }
        let mut response = (validators, self.body.clone()).into_response();
        for (name, value) in &self.headers {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// Compares weakly (RFC 9110 §13.1.2). A comma always separates tags, because this service's tags contain none.
fn is_known(etag: &str, request: &HeaderMap) -> bool {
    let lists = request.get_all(IF_NONE_MATCH).iter();
    let mut tags = lists.flat_map(|list| list.as_bytes().split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
    tags.any(|tag| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == etag.as_bytes())
}
