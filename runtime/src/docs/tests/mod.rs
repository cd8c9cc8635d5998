//! What is served, with which headers, from wherever the router is nested.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

mod document;
mod hostile;
mod served;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::Docs;

type Tested<T = ()> = Result<T, Box<dyn std::error::Error>>;

const ASSETS: [&str; 5] =
    ["swagger-ui.css", "swagger-ui-bundle.js", "init.js", "oauth2-redirect.html", "oauth2-redirect.js"];

fn api() -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "Items", "version": "1" }, "paths": {} })
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What follows `attribute="` in the body, wherever that stands.
    fn attributes(&self, attribute: &str) -> Vec<&str> {
        let opening = format!(" {attribute}=\"");
        self.body.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }
}

async fn send(router: &Router, request: Request<Body>) -> Tested<Answer> {
    let response = router.clone().oneshot(request).await?;
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await?.to_vec())?;
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}

async fn fetch(router: &Router, path: &str) -> Tested<Answer> {
    send(router, Request::get(path).body(Body::empty())?).await
}

/// Where a relative link of the page at `page` leads (RFC 3986 §5.2.4), for links that begin with a dot.
fn resolved(page: &str, link: &str) -> String {
    let mut segments: Vec<_> = page.split('/').collect();
    segments.pop();
    for segment in link.split('/') {
        match segment {
            "." => {}
            ".." => segments.truncate(segments.len().saturating_sub(1).max(1)),
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

/// Everything that the page at `page` loads, and the document that it shows. Returns what the document's paths are below.
async fn loads_everything(router: &Router, page: &str) -> Tested<String> {
    let answer = fetch(router, page).await?;
    assert_eq!(answer.status, StatusCode::OK, "{page}");
    let scripts = answer.attributes("src");
    let styles = answer.attributes("href").into_iter().filter(|link| !link.starts_with("data:"));
    let links: Vec<_> = scripts.iter().copied().chain(styles).collect();
    assert_eq!(links.len(), 3, "{page}");
    for link in links {
        let path = resolved(page, link);
        assert_eq!(fetch(router, &path).await?.status, StatusCode::OK, "{page}: {link}");
    }
    let init = resolved(page, scripts.last().ok_or("no scripts")?);
    let options = answer.attributes("data-options").concat().replace("&quot;", "\"");
    let options: Value = serde_json::from_str(&options)?;
    let path = resolved(&init, options["document"].as_str().ok_or("no document")?);
    let mut document: Value = serde_json::from_str(&fetch(router, &path).await?.body)?;
    let servers = document.as_object_mut().and_then(|document| document.remove("servers")).unwrap_or_default();
    assert_eq!(document, api(), "{page}");
    let server = servers[0]["url"].as_str().ok_or("no server")?;
    Ok(resolved(&path, &format!("./{server}")))
}
