//! The files that the page loads: files of Swagger UI, and the script that starts it.

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, StatusCode, Uri, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::{MethodRouter, get},
};
use swagger_ui_dist::{ApiDefinition, OpenApiSource, generate_routes};
use tower_service::Service;

use super::{
    answer::File,
    policy::{HTML, NO_REFERRER, REDIRECT},
};

pub(super) const STYLE: &str = "swagger-ui.css";
pub(super) const BUNDLE: &str = "swagger-ui-bundle.js";
pub(super) const INIT: &str = "init.js";

const JAVASCRIPT: (HeaderName, &str) = (CONTENT_TYPE, "text/javascript; charset=utf-8");
const CSS: (HeaderName, &str) = (CONTENT_TYPE, "text/css; charset=utf-8");

/// A file with its name below the page.
pub(super) struct Asset {
    pub(super) name: &'static str,
    headers: Vec<(HeaderName, &'static str)>,
    /// `None` for a file of Swagger UI.
    ours: Option<&'static str>,
}

impl Asset {
    /// The only served files. The package also has source maps and an index of its own.
    pub(super) fn all() -> [Self; 5] {
        let theirs = |name, headers| Self { name, headers, ours: None };
        [
            theirs(STYLE, vec![CSS]),
            theirs(BUNDLE, vec![JAVASCRIPT]),
            theirs("oauth2-redirect.html", vec![HTML, NO_REFERRER, REDIRECT]),
            theirs("oauth2-redirect.js", vec![JAVASCRIPT]),
            Self { name: INIT, headers: vec![JAVASCRIPT], ours: Some(include_str!("init.js")) },
        ]
    }

    pub(super) fn into_route<S: Clone + Send + Sync + 'static>(self) -> MethodRouter<S> {
        let Self { name, headers, ours } = self;
        if let Some(body) = ours {
            return File::new(Bytes::from_static(body.as_bytes()), headers).into_route();
        }
        // Hashed at the first request, so that a service whose page is never opened does not hash it.
        let shared = Arc::new((OnceLock::<File>::new(), headers));
        get(move |request: HeaderMap| {
            let shared = Arc::clone(&shared);
            async move {
                let (file, headers) = &*shared;
                if let Some(file) = file.get() {
                    return file.answer(&request);
                }
                match swagger_ui(name).await {
                    Some(body) => file.get_or_init(|| File::new(body, headers.clone())).answer(&request),
                    None => StatusCode::NOT_FOUND.into_response(),
                }
            }
        })
    }
}

/// A file of Swagger UI. The package offers its files only as routes.
async fn swagger_ui(name: &str) -> Option<Bytes> {
    let api_definition = OpenApiSource::Uri("");
    let mut routes: Router = generate_routes(ApiDefinition { uri_prefix: "/ui", api_definition, title: None });
    let uri: Uri = format!("/ui/{name}").parse().ok()?;
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    let response = routes.call(request).await.ok()?;
    if response.status() != StatusCode::OK {
        return None;
    }
    to_bytes(response.into_body(), usize::MAX).await.ok()
}
