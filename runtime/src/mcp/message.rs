//! What a message of MCP is about: the body of a request comes in, and its method goes out, with the tool, prompt or resource that
//! it names.

use super::json::{Kept, Shape};

const MESSAGE: Shape = Shape::Members(&[
    ("jsonrpc", Shape::Text),
    ("id", Shape::Nothing),
    ("method", Shape::Text),
    ("params", PARAMS),
    ("result", Shape::Nothing),
    ("error", Shape::Nothing),
]);

const PARAMS: Shape = Shape::Members(&[
    ("name", Shape::Text),
    ("uri", Shape::Text),
    ("taskId", Shape::Text),
    ("ref", Shape::Members(&[("type", Shape::Text), ("name", Shape::Text), ("uri", Shape::Text)])),
    ("notifications", Shape::Members(&[("resourceSubscriptions", Shape::Texts)])),
]);

/// Requests that are about nothing that has scopes of its own. Others are refused, because a later revision may call a tool by one.
const OF_THE_ENDPOINT: &[&str] = &[
    "initialize",
    "logging/setLevel",
    "ping",
    "prompts/list",
    "resources/list",
    "resources/templates/list",
    "server/discover",
    "tasks/cancel",
    "tasks/get",
    "tasks/list",
    "tasks/result",
    "tasks/update",
    "tools/list",
];

/// What the scopes of a message depend on.
#[derive(Debug, PartialEq)]
pub(super) enum Target {
    /// Nothing: a method that all callers may use, a notification, or the answer to a request of the server.
    Endpoint,
    Tool(String),
    Prompt(String),
    Resources(Vec<String>),
    /// A method that this library does not know.
    Unknown,
}

/// One message.
#[derive(Debug, PartialEq)]
pub(super) struct Message {
    /// `None` for the answer to a request of the server.
    pub(super) method: Option<String>,
    pub(super) target: Target,
    /// What the header `Mcp-Name` repeats.
    pub(super) name: Option<String>,
}

/// Why a body is no message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Malformed {
    /// No JSON, or one that other parsers may read differently.
    Json,
    /// No message of JSON-RPC 2.0, or one that does not name what it is about.
    Message,
}

impl Message {
    pub(super) fn read(body: &[u8]) -> Result<Self, Malformed> {
        let message = Kept::read(body, MESSAGE).map_err(|_| Malformed::Json)?;
        if message.member("jsonrpc").text() != Some("2.0") {
            // A list is here, too: MCP has no batches any more.
            return Err(Malformed::Message);
        }
        let answers = usize::from(message.has("result")) + usize::from(message.has("error"));
        match (message.has("method"), answers) {
            (true, 0) => {}
            (false, 1) if message.has("id") && !message.has("params") => {
                return Ok(Self { method: None, target: Target::Endpoint, name: None });
            }
            _ => return Err(Malformed::Message),
        }
        let method = message.member("method").text().ok_or(Malformed::Message)?;
        let params = message.member("params");
        let name = match method {
            "tools/call" | "prompts/get" => params.member("name").text(),
            "tasks/get" | "tasks/update" | "tasks/cancel" => params.member("taskId").text(),
            _ => params.member("uri").text(),
        };
        let target = target(method, params)?;
        Ok(Self { method: Some(method.to_owned()), target, name: name.map(str::to_owned) })
    }
}

/// Whether the scopes of this method depend on what it names.
pub(super) fn is_about_names(method: &str) -> bool {
    target(method, &Kept::Other) == Err(Malformed::Message) || method == "subscriptions/listen"
}

fn target(method: &str, params: &Kept<'_>) -> Result<Target, Malformed> {
    let named = |place: &Kept<'_>, member| place.member(member).text().map(str::to_owned).ok_or(Malformed::Message);
    Ok(match method {
        "tools/call" => Target::Tool(named(params, "name")?),
        "prompts/get" => Target::Prompt(named(params, "name")?),
        "resources/read" | "resources/subscribe" | "resources/unsubscribe" | "resources/directory/read" => {
            Target::Resources(vec![named(params, "uri")?])
        }
        // A completion tells what values a prompt or a resource may have.
        "completion/complete" => {
            let reference = params.member("ref");
            match reference.member("type").text() {
                Some("ref/prompt") => Target::Prompt(named(reference, "name")?),
                Some("ref/resource") => Target::Resources(vec![named(reference, "uri")?]),
                _ => return Err(Malformed::Message),
            }
        }
        "subscriptions/listen" => {
            let notifications = params.member("notifications");
            match notifications.member("resourceSubscriptions") {
                Kept::Texts(uris) if uris.is_empty() => Target::Endpoint,
                Kept::Texts(uris) => Target::Resources(uris.iter().map(|uri| uri.to_string()).collect()),
                // A list in the place of an object might be read as its members.
                _ if params.has("notifications") && !matches!(notifications, Kept::Members(_)) => {
                    return Err(Malformed::Message);
                }
                _ if notifications.has("resourceSubscriptions") => return Err(Malformed::Message),
                _ => Target::Endpoint,
            }
        }
        _ if OF_THE_ENDPOINT.contains(&method) || method.starts_with("notifications/") => Target::Endpoint,
        _ => Target::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target_of(method: &str, params: &str) -> Result<Target, Malformed> {
        let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
        Message::read(body.as_bytes()).map(|message| message.target)
    }

    #[test]
    fn a_message_names_what_its_scopes_depend_on() {
        let resources = |uris: &[&str]| Target::Resources(uris.iter().map(|&uri| uri.to_owned()).collect());
        for (method, params, expected) in [
            ("tools/call", r#"{"name":"a","arguments":{"name":"b"}}"#, Target::Tool("a".to_owned())),
            ("tools/call", r#"{"arguments":{},"name":"\u0061"}"#, Target::Tool("a".to_owned())),
            ("prompts/get", r#"{"name":"a"}"#, Target::Prompt("a".to_owned())),
            ("resources/read", r#"{"uri":"a"}"#, resources(&["a"])),
            ("resources/subscribe", r#"{"uri":"a"}"#, resources(&["a"])),
            ("completion/complete", r#"{"ref":{"type":"ref/prompt","name":"a"}}"#, Target::Prompt("a".to_owned())),
            ("completion/complete", r#"{"ref":{"type":"ref/resource","uri":"a"}}"#, resources(&["a"])),
            ("subscriptions/listen", r#"{"notifications":{"toolsListChanged":true}}"#, Target::Endpoint),
            (
                "subscriptions/listen",
                r#"{"notifications":{"resourceSubscriptions":["a","b"]}}"#,
                resources(&["a", "b"]),
            ),
            ("tools/list", "{}", Target::Endpoint),
            ("notifications/cancelled", "{}", Target::Endpoint),
            ("tools/callAsync", r#"{"name":"a"}"#, Target::Unknown),
            ("Tools/Call", r#"{"name":"a"}"#, Target::Unknown),
            ("tools/call ", r#"{"name":"a"}"#, Target::Unknown),
            ("notifications", "{}", Target::Unknown),
        ] {
            assert_eq!(target_of(method, params), Ok(expected), "{method} {params}");
        }
    }

    #[test]
    fn a_message_that_does_not_name_it_is_malformed() {
        for (method, params) in [
            ("tools/call", "{}"),
            ("tools/call", "null"),
            ("tools/call", r#"["a",{}]"#),
            ("tools/call", r#"{"name":1}"#),
            ("tools/call", r#"{"name":["a"]}"#),
            ("prompts/get", r#"{"uri":"a"}"#),
            ("resources/read", r#"{"name":"a"}"#),
            ("completion/complete", "{}"),
            ("completion/complete", r#"{"ref":["ref/prompt","a"]}"#),
            ("completion/complete", r#"{"ref":{"type":"ref/tool","name":"a"}}"#),
            ("completion/complete", r#"{"ref":{"type":"ref/prompt","uri":"a"}}"#),
            ("subscriptions/listen", r#"{"notifications":[true,true,true,["a"]]}"#),
            ("subscriptions/listen", r#"{"notifications":{"resourceSubscriptions":"a"}}"#),
            ("subscriptions/listen", r#"{"notifications":{"resourceSubscriptions":[1]}}"#),
        ] {
            assert_eq!(target_of(method, params), Err(Malformed::Message), "{method} {params}");
        }
    }

    #[test]
    fn only_single_messages_of_json_rpc_2_are_read() {
        let call = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}"#;
        let read = |body: &str| Message::read(body.as_bytes());
        assert!(read(call).is_ok());
        assert!(read(r#"{"jsonrpc":"2.0","id":1,"result":{"method":"tools/call"}}"#).is_ok());
        assert!(read(r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"#).is_ok());
        for body in [
            &format!("[{call}]"),
            "[]",
            "1",
            "null",
            "{}",
            r#"["2.0",1,"tools/call",{"name":"a"}]"#,
            r#"{"id":1,"method":"ping"}"#,
            r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
            r#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":["ping"]}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"ping","error":{}}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":{},"params":{}}"#,
            r#"{"jsonrpc":"2.0","result":{}}"#,
            r#"{"jsonrpc":"2.0","id":1}"#,
        ] {
            assert_eq!(read(body), Err(Malformed::Message), "{body}");
        }
    }
}
