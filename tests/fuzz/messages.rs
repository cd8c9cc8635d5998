//! A target that sends messages to the endpoint of an MCP server, for a caller who may not use all of it. The server reads them in
//! several ways, and in none of them is it asked for what the caller may not use.

use std::{
    convert::Infallible,
    sync::{LazyLock, Mutex, PoisonError},
};

use axum::{
    body::{Bytes, to_bytes},
    extract::Request,
    http::HeaderValue,
};
use axum_scopes::{
    AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, mcp::Endpoint, scheme::ProtectedResource,
    secure::Router, security,
};
use axum_scopes_test_support::App;
use tower::service_fn;
use url::Url;

use crate::{
    oracle::json::{self, Value},
    service::answer,
};

struct Notes;

impl OAuth2Scheme for Notes {
    const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
    const SCOPES: &[(&str, &str)] = &[("read", "Read notes."), ("write", "Write notes.")];
    const PROTECTED_RESOURCE: Option<ProtectedResource> =
        Some(ProtectedResource::new("https://notes.example/mcp").with_authorization_servers(&["https://id.example"]));
}

/// The token is the list of its scopes.
#[security(scopes = ["read"])]
async fn reader(required: SecurityScopes, Bearer(token): Bearer<Notes>) -> Result<Scopes, AuthError> {
    let granted = Scopes::from(token.as_str().replace('+', " ").as_str());
    required.check(&granted)?;
    Ok(granted)
}

#[security(scopes = ["write"])]
async fn writer(Depends(granted): Depends<reader>) -> Result<Scopes, AuthError> {
    Ok(granted)
}

static SERVED: Mutex<Option<Bytes>> = Mutex::new(None);

static APP: LazyLock<App> = LazyLock::new(|| {
    let server = service_fn(async |request: Request| {
        let body = to_bytes(request.into_body(), usize::MAX).await.expect("a body");
        *SERVED.lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
        Ok::<_, Infallible>("served")
    });
    let endpoint = Endpoint::<reader, ()>::new()
        .tool::<reader>("read_note")
        .tool::<writer>("write_note")
        .prompt::<reader>("summary")
        .prompt::<writer>("rewrite")
        .resource::<reader>("notes://today")
        .resource::<writer>("notes://shared/key")
        .resources_below::<reader>("notes://shared/")
        .resources_below::<writer>("notes://shared/staff/")
        .method::<writer>("notes/export");
    App::new(Router::new().route("/mcp", endpoint.serve(server)).into_router())
});

/// Requests are sent one after the other, because all have one server.
static ONE: Mutex<()> = Mutex::new(());

/// With an odd first byte, the first two lines are the headers `Mcp-Method` and `Mcp-Name`. The rest is the message.
pub fn messages(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut parts = rest.splitn(if form % 2 == 1 { 3 } else { 1 }, |byte| *byte == b'\n');
    let headers: Vec<&[u8]> = if form % 2 == 1 { parts.by_ref().take(2).collect() } else { Vec::new() };
    let body = parts.next().unwrap_or_default();
    let mut values = Vec::new();
    for header in headers {
        let Ok(value) = HeaderValue::from_bytes(header) else { return };
        values.push(value);
    }
    let (is_served, status) = send("read", &values, body);
    if is_served {
        assert_eq!(status, 200);
        assert!(!readings(body).iter().any(is_for_writers), "{:?}", String::from_utf8_lossy(body));
        says_the_same(&values, body);
    } else {
        assert!([400, 401, 403, 415].contains(&status), "{status}");
    }
    let (method, is_usual) = usual(body);
    if values.is_empty() && is_usual {
        assert_eq!(is_served, !is_for_writers(&method), "{:?}", String::from_utf8_lossy(body));
        assert!(send("read+write", &values, body).0, "{:?}", String::from_utf8_lossy(body));
    }
    assert!(!send("write", &values, body).0, "without the scope of the endpoint");
}

fn send(token: &str, headers: &[HeaderValue], body: &[u8]) -> (bool, u16) {
    *SERVED.lock().unwrap_or_else(PoisonError::into_inner) = None;
    let call = APP.post("/mcp").bearer(token).header("content-type", "application/json").body(body.to_vec());
    let call =
        headers.iter().zip(["mcp-method", "mcp-name"]).fold(call, |call, (value, name)| call.header(name, value));
    let answer = answer(call);
    let served = SERVED.lock().unwrap_or_else(PoisonError::into_inner).take();
    assert!(served.as_ref().is_none_or(|served| served == body), "the server gets another message");
    (served.is_some(), answer.status())
}

/// What a message asks for, as a reader understands it.
#[derive(Debug, Default)]
struct Asked {
    method: String,
    names: Vec<String>,
    uris: Vec<String>,
}

/// Members of one name, in order.
type Members = Vec<(String, serde_json::Value)>;

/// The message as several readers understand it: with exact names or any case of letters, and the first or the last of two members.
fn readings(body: &[u8]) -> Vec<Asked> {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(body) else { return Vec::new() };
    let mut all = Vec::new();
    for message in value.as_array().map_or(std::slice::from_ref(&value), Vec::as_slice) {
        for ignores_case in [false, true] {
            let find = |value: &serde_json::Value, name: &str| {
                let members: Members = value.as_object()?.clone().into_iter().collect();
                let is = |known: &str| known == name || ignores_case && known.eq_ignore_ascii_case(name);
                members.into_iter().rev().find(|(known, _)| is(known)).map(|(_, value)| value)
            };
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let method = find(message, "method").map(|method| text(&method)).unwrap_or_default();
            let params = find(message, "params").unwrap_or_default();
            let reference = find(&params, "ref").unwrap_or_default();
            let subscribed =
                find(&params, "notifications").and_then(|notifications| find(&notifications, "resourceSubscriptions"));
            // The type of a reference says which of its members counts.
            let of_type = |kind: &str, member: &str| {
                find(&reference, "type").filter(|known| known == kind).and_then(|_| find(&reference, member))
            };
            let names = [find(&params, "name"), of_type("ref/prompt", "name")].into_iter().flatten();
            let uris = [find(&params, "uri"), of_type("ref/resource", "uri")].into_iter().flatten();
            let subscribed: Vec<_> = subscribed.and_then(|list| list.as_array().cloned()).unwrap_or_default();
            let names = names.map(|name| text(&name)).collect();
            let uris = uris.chain(subscribed).map(|uri| text(&uri)).collect();
            all.push(Asked { method, names, uris });
        }
    }
    all
}

/// Whether it needs the scope of writers.
fn is_for_writers(Asked { method, names, uris }: &Asked) -> bool {
    let has_name = |name: &str| names.iter().any(|known| known == name);
    match method.as_str() {
        "tools/call" => has_name("write_note"),
        "prompts/get" => has_name("rewrite"),
        "completion/complete" => has_name("rewrite") || uris.iter().any(|uri| is_of_staff(uri)),
        "resources/read" | "resources/subscribe" | "resources/unsubscribe" | "subscriptions/listen" => {
            uris.iter().any(|uri| is_of_staff(uri))
        }
        method => method == "notes/export",
    }
}

/// Whether a server may take it for a resource of writers: it decodes, ignores the case of letters, resolves dots, or joins slashes.
fn is_of_staff(uri: &str) -> bool {
    let decoded = |text: &str| String::from_utf8_lossy(&percent_decoded(text.as_bytes())).into_owned();
    let resolved = |text: &str| Url::parse(text).map_or_else(|_| text.to_owned(), |url| url.to_string());
    let plain = |text: &str| {
        let text = text.to_ascii_lowercase().replace('\\', "/");
        let (scheme, path) = text.split_once("://").unwrap_or(("", &text));
        let segments: Vec<&str> = path.split(['?', '#']).next().unwrap_or_default().split('/').collect();
        let segments: Vec<&str> =
            segments.into_iter().filter(|segment| !segment.is_empty() && *segment != ".").collect();
        format!("{scheme}://{}", segments.join("/"))
    };
    let spellings = [uri.to_owned(), decoded(uri), resolved(uri), resolved(&decoded(uri)), decoded(&resolved(uri))];
    spellings.iter().map(|spelling| plain(spelling)).any(|uri| {
        uri == "notes://shared/key" || uri == "notes://shared/staff" || uri.starts_with("notes://shared/staff/")
    })
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let plus: Vec<Vec<u8>> =
        text.split(|byte| *byte == b'+').map(|part| crate::form::decoded(part).into_bytes()).collect();
    plus.join(&b'+')
}

/// What a message asks for, and whether it is of a form that every client sends.
fn usual(body: &[u8]) -> (Asked, bool) {
    let read = || {
        let message = json::object(body).filter(|_| body.iter().filter(|byte| b"[{".contains(byte)).count() < 50)?;
        let (Value::Object(members), Some(Value::Number(_))) = (&message, message.member("id")) else { return None };
        let is_known = |name: &str| ["jsonrpc", "id", "method", "params"].contains(&name);
        if !members.iter().all(|(name, _)| is_known(name)) || message.member("jsonrpc")?.text()? != "2.0" {
            return None;
        }
        let method = message.member("method")?.text()?.to_owned();
        let params = message.member("params")?;
        let Value::Object(members) = params else { return None };
        let text = |name| params.member(name).and_then(Value::text).map(str::to_owned);
        let (names, uris): (Vec<String>, Vec<String>) =
            (text("name").into_iter().collect(), text("uri").into_iter().collect());
        let only = |one: &str| members.iter().all(|(name, _)| name == one || name == "arguments");
        let is_declared = match method.as_str() {
            "tools/call" => only("name") && ["read_note", "write_note"].contains(&names.first()?.as_str()),
            "prompts/get" => only("name") && ["summary", "rewrite"].contains(&names.first()?.as_str()),
            "resources/read" => {
                let uri = uris.first()?;
                let below = uri.strip_prefix("notes://shared/").unwrap_or("?");
                let is_plain =
                    |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_lowercase());
                only("uri") && (uri == "notes://today" || below.split('/').all(is_plain) && below != "staff")
            }
            "tools/list" | "ping" | "notes/export" => members.is_empty(),
            _ => false,
        };
        is_declared.then_some(Asked { method, names, uris })
    };
    read().map_or_else(|| (Asked::default(), false), |asked| (asked, true))
}

/// The headers say what the message says.
fn says_the_same(headers: &[HeaderValue], body: &[u8]) {
    let message = json::object(body).expect("a message that was served");
    let [method, name] = headers else { return };
    let params = message.member("params");
    let own = |member: &str| params.and_then(|params| params.member(member)).and_then(Value::text);
    assert_eq!(method.to_str().ok(), message.member("method").and_then(Value::text), "{message:?}");
    let name = name.to_str().expect("text");
    let is_same = ["name", "uri", "taskId"].into_iter().filter_map(own).any(|own| own == name);
    assert!(is_same || name.starts_with("=?base64?"), "{name}: {message:?}");
}
