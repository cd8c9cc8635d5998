//! Two parsers read each message: that of the endpoint decides, and that of rmcp calls the tool. On no message that gets through may they
//! disagree.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

use axum::body::{Body, to_bytes};
use axum_scopes::{AuthError, Bearer, Flows, OAuth2Scheme, mcp::Endpoint, secure::Router, security};
use rmcp::model::{ClientJsonRpcMessage, ClientRequest, JsonRpcMessage};
use tower::{ServiceExt, service_fn};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[];
}

/// What the endpoint has decided about: the output of the function that was called.
type Decided = &'static str;

#[security]
async fn caller(_: Bearer<Api>) -> Result<Decided, AuthError> {
    Ok("nothing")
}

macro_rules! decide {
    ($($function:ident)*) => {
        $(
            #[security]
            async fn $function(_: axum_scopes::Depends<caller>) -> Result<Decided, AuthError> {
                Ok(stringify!($function))
            }
        )*
    };
}

decide! { read_notes write_note summary today }

const SEEDS: [&str; 6] = [
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes","arguments":{"name":"write_note"}}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"write_note","arguments":{"text":"a","b":[1]}}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"summary"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"notes://today"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{}}}"#,
    r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
];

const PIECES: [&str; 30] = [
    r#""name":"write_note""#,
    r#""name":"read_notes","#,
    r#""method":"tools/call","#,
    r#""method":"ping","#,
    r#""params":{"name":"write_note"},"#,
    r#""params":["write_note",{}],"#,
    r#""result":{},"#,
    r#""id":2,"#,
    r#""Name":"write_note","#,
    r#""uri":"notes://today","#,
    "write_note",
    "read_notes",
    "\\u0072ead_notes",
    "\\u006e",
    "\\/",
    "\\",
    "\"",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "null",
    "1e2",
    " ",
    "\n",
    "\0",
    "\u{feff}",
    "é",
];

/// Numbers that are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default()
    }

    fn message(&mut self) -> String {
        let mut message = SEEDS[self.below(SEEDS.len())].to_owned();
        for _ in 0..self.below(4) {
            let (a, b) = (self.place(&message), self.place(&message));
            let range = a.min(b)..a.max(b).min(a.min(b) + 12);
            let range = range.start
                ..(range.start..=range.end).rev().find(|at| message.is_char_boundary(*at)).unwrap_or(range.start);
            match self.below(4) {
                0 => message.replace_range(range, ""),
                1 => message.replace_range(range, PIECES[self.below(PIECES.len())]),
                2 => message.insert_str(a, PIECES[self.below(PIECES.len())]),
                _ => message = [&message[..a], &message[range], &message[a..]].concat(),
            }
        }
        message
    }
}

/// What rmcp would do.
fn done(body: &[u8]) -> String {
    let Ok(JsonRpcMessage::Request(request)) = serde_json::from_slice::<ClientJsonRpcMessage>(body) else {
        return "nothing".to_owned();
    };
    match request.request {
        ClientRequest::CallToolRequest(call) => call.params.name.into_owned(),
        ClientRequest::GetPromptRequest(get) => get.params.name,
        ClientRequest::ReadResourceRequest(read) => read.params.uri.rsplit('/').next().unwrap_or_default().to_owned(),
        _ => "nothing".to_owned(),
    }
}

#[tokio::test]
async fn no_message_is_one_for_the_endpoint_and_another_for_rmcp() {
    let counts = Arc::new(Mutex::new([0, 0]));
    let server = {
        let counts = Arc::clone(&counts);
        service_fn(move |request: axum::extract::Request| {
            let counts = Arc::clone(&counts);
            async move {
                let decided = *request.extensions().get::<Decided>().unwrap();
                let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
                let done = done(&body);
                let is_done = done != "nothing";
                assert!(!is_done || done == decided, "{decided}, and not {done}: {}", String::from_utf8_lossy(&body));
                counts.lock().unwrap()[usize::from(is_done)] += 1;
                Ok::<_, Infallible>("")
            }
        })
    };
    let endpoint = Endpoint::<caller, ()>::new().tool::<read_notes>("read_notes").tool::<write_note>("write_note");
    let endpoint = endpoint.prompt::<summary>("summary").resource::<today>("notes://today");
    let router = Router::new().route("/mcp", endpoint.serve(server)).into_router();
    let mut numbers = Numbers(1);
    for _ in 0..20_000 {
        let request = axum::http::Request::post("/mcp").header("authorization", "Bearer x");
        let request = request.header("content-type", "application/json").body(Body::from(numbers.message())).unwrap();
        let status = router.clone().oneshot(request).await.unwrap().status();
        assert!(!status.is_server_error(), "{status}");
    }
    let [nothing, done] = *counts.lock().unwrap();
    assert!(nothing > 1000 && done > 1000, "{nothing}, {done}");
}
