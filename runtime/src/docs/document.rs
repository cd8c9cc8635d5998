//! An OpenAPI document as it is served, and what the page has to know of it: its title, and where it leads.

use std::collections::BTreeSet;

use axum::{body::Bytes, http::Uri};
use serde::Serialize;
use serde_json::{Map, Value};

use super::path::Path;
use crate::openapi::document::{self, DocumentError};

pub(super) struct Document {
    /// As it was serialised: the order of the operations is that of the page.
    json: Vec<u8>,
    /// Whether it leaves open what its paths are below.
    is_anywhere: bool,
    pub(super) title: String,
    /// Of all absolute URLs that the page may call.
    pub(super) origins: BTreeSet<String>,
}

impl Document {
    pub(super) fn new<T: Serialize + ?Sized>(api: &T) -> Result<Self, DocumentError> {
        let (json, document) = document::text(api)?;
        let document = Value::Object(document);
        let title = document.pointer("/info/title").and_then(Value::as_str).unwrap_or("API");
        Ok(Self { is_anywhere: is_anywhere(&document), json, title: title.to_owned(), origins: origins(&document) })
    }

    /// As it is served at `path`. Where it names no servers, its paths would be those of the host, although the router can
    /// be nested, or behind a proxy that strips a prefix. So it names the root that `path` begins at, relative to its own URL
    /// (OpenAPI 3.1 §4.8.5).
    pub(super) fn served_at(self, path: &Path) -> Bytes {
        let Self { mut json, is_anywhere, .. } = self;
        if is_anywhere && json.last() == Some(&b'}') {
            json.pop();
            json.extend_from_slice(format!(r#","servers":[{{"url":"{}"}}]}}"#, path.link_to_root()).as_bytes());
        }
        json.into()
    }
}

/// Whether it is one of OpenAPI 3, which has `servers`, and has none: an empty list says that the host is the server.
fn is_anywhere(document: &Value) -> bool {
    let version = document.get("openapi").and_then(Value::as_str);
    version.is_some_and(|version| version.starts_with("3.")) && document.get("servers").is_none()
}

/// Of the servers of the document, of a path and of an operation (OpenAPI 3.1 §4.8.5), and of the endpoints of the schemes
/// (§4.8.27, §4.8.29) but `authorizationUrl`, to which the browser navigates.
fn origins(document: &Value) -> BTreeSet<String> {
    let paths = || members(document.get("paths"));
    let operations = paths().flat_map(|path| members(Some(path)));
    let with_servers = std::iter::once(document).chain(paths()).chain(operations);
    let servers = with_servers.filter_map(|value| value.get("servers")?.as_array()).flatten().filter_map(server_url);

    let schemes = || members(document.pointer("/components/securitySchemes"));
    let flows = schemes().flat_map(|scheme| members(scheme.get("flows")));
    let endpoints = flows.flat_map(|flow| [flow.get("tokenUrl"), flow.get("refreshUrl")]);
    let endpoints = endpoints.chain(schemes().map(|scheme| scheme.get("openIdConnectUrl")));
    let endpoints = endpoints.flatten().filter_map(Value::as_str).map(str::to_owned);

    servers.chain(endpoints).filter_map(|url| origin(&url)).collect()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::values)
}

/// With the defaults in the place of its variables (OpenAPI 3.1 §4.8.6).
fn server_url(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    Some(url)
}

/// The origin of an absolute URL (RFC 6454 §4), as a policy has it (CSP 3 §2.3.1). `None` for whatever else: its host has
/// none of the characters that end a source or a directive, and no `*`.
pub(super) fn origin(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    let scheme = url.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = url.authority()?;
    let port = authority.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    let host_and_port = format!("{}{port}", authority.host());
    // A port that is no number would otherwise be left out.
    let is_all = authority.as_str().rsplit('@').next() == Some(&host_and_port);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let is_host = !authority.host().is_empty() && authority.host().bytes().all(is_name);
    (is_all && is_host).then(|| format!("{scheme}://{}", host_and_port.to_ascii_lowercase()))
}
