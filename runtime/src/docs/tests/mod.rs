//! The served files and their headers, wherever the router is nested.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

mod document;
mod files;
mod hostile;
mod served;

use axum::Router;
use axum_scopes_test_support::{Answer, App};
use serde_json::{Value, json};

use super::Docs;

type Tested<T = ()> = Result<T, Box<dyn std::error::Error>>;

const ASSETS: [&str; 5] =
    ["swagger-ui.css", "swagger-ui-bundle.js", "init.js", "oauth2-redirect.html", "oauth2-redirect.js"];

fn api() -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "Items", "version": "1" }, "paths": {} })
}

/// The value of `attribute` in the body.
fn attributes<'a>(answer: &'a Answer, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    answer.text().split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

async fn fetch(router: &Router, path: &str) -> Answer {
    App::new(router.clone()).get(path).await
}

/// The target of a relative link on the page at `page` (RFC 3986 §5.2.4), for links that begin with a dot.
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

/// Loads all files of the page at `page`, and its document. Returns the root of the document's paths.
async fn loads_everything(router: &Router, page: &str) -> Tested<String> {
    let answer = fetch(router, page).await;
    assert_eq!(answer.status(), 200, "{page}");
    let scripts = attributes(&answer, "src");
    let styles = attributes(&answer, "href").into_iter().filter(|link| !link.starts_with("data:"));
    let links: Vec<_> = scripts.iter().copied().chain(styles).collect();
    assert_eq!(links.len(), 3, "{page}");
    for link in links {
        let path = resolved(page, link);
        assert_eq!(fetch(router, &path).await.status(), 200, "{page}: {link}");
    }
    let init = resolved(page, scripts.last().ok_or("no scripts")?);
    let options = attributes(&answer, "data-options").concat().replace("&quot;", "\"");
    let options: Value = serde_json::from_str(&options)?;
    let path = resolved(&init, options["document"].as_str().ok_or("no document")?);
    let mut document: Value = fetch(router, &path).await.json();
    let servers = document.as_object_mut().and_then(|document| document.remove("servers")).unwrap_or_default();
    assert_eq!(document, api(), "{page}");
    let server = servers[0]["url"].as_str().ok_or("no server")?;
    Ok(resolved(&path, &format!("./{server}")))
}
