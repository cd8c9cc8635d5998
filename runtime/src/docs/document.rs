//! Takes an OpenAPI document, yields the served JSON, and for the page the title and the origins that it may call.

use std::collections::BTreeSet;

use axum::{body::Bytes, http::Uri};
use serde::Serialize;
use serde_json::{Map, Value};

use super::path::Path;
use crate::openapi::document::{self, DocumentError};

pub(super) struct Document {
    /// As it was serialised, because the page keeps the order of the operations.
    json: Vec<u8>,
    /// Whether it names no servers.
    lacks_servers: bool,
    pub(super) title: String,
    /// The origins of all absolute URLs that the page may call.
    pub(super) origins: BTreeSet<String>,
}

impl Document {
    pub(super) fn new<T: Serialize + ?Sized>(api: &T) -> Result<Self, DocumentError> {
        let (json, document) = document::text(api)?;
        let document = Value::Object(document);
        let title = document.pointer("/info/title").and_then(Value::as_str).unwrap_or("API");
        Ok(Self { lacks_servers: lacks_servers(&document), json, title: title.to_owned(), origins: origins(&document) })
    }

    /// The document as it is served at `path`. Without servers, its paths would begin at the root of the host, which is
    /// wrong if the router is nested or a proxy strips a prefix. So it gets a server: the root of the router, relative to
    /// the document's URL (OpenAPI 3.1 §4.8.5).
    pub(super) fn served_at(self, path: &Path) -> Bytes {
        let Self { mut json, lacks_servers, .. } = self;
        if lacks_servers && json.last() == Some(&b'}') {
            json.pop();
            json.extend_from_slice(format!(r#","servers":[{{"url":"{}"}}]}}"#, path.link_to_root()).as_bytes());
        }
        json.into()
    }
}

/// Whether it is of OpenAPI 3 and has no `servers`. An empty list means that the host is the server.
fn lacks_servers(document: &Value) -> bool {
    let version = document.get("openapi").and_then(Value::as_str);
    version.is_some_and(|version| version.starts_with("3.")) && document.get("servers").is_none()
}

/// The origins of the servers of the document, its paths and operations (OpenAPI 3.1 §4.8.5), and of the endpoints of its
/// schemes (§4.8.27, §4.8.29). `authorizationUrl` is not among them, because the browser navigates there.
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

/// The URL of a server, with the defaults of its variables (OpenAPI 3.1 §4.8.6).
fn server_url(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    Some(url)
}

/// The origin of an absolute URL (RFC 6454 §4) in the form of a policy (CSP 3 §2.3.1). `None` for another URL, and for a host
/// with `*` or characters that end a source or a directive.
pub(super) fn origin(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    let scheme = url.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = url.authority()?;
    let port = authority.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    let host_and_port = format!("{}{port}", authority.host());
    // A port that is not a number would be omitted otherwise.
    let is_all = authority.as_str().rsplit('@').next() == Some(&host_and_port);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let is_host = !authority.host().is_empty() && authority.host().bytes().all(is_name);
    (is_all && is_host).then(|| format!("{scheme}://{}", host_and_port.to_ascii_lowercase()))
}
