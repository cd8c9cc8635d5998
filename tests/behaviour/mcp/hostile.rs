//! Hostile bodies: whoever sends them has every scope, or a bad token. None reaches the server, and none is a 5xx.

use super::*;

const EVERYTHING: &str = "notes:read+notes:write+admin";

/// A call of a tool that is declared, in ways that parsers read differently.
const CALLS: &[&str] = &[
    "",
    " ",
    "null",
    "1",
    "\"tools/call\"",
    "{}",
    "[]",
    "[[]]",
    "{",
    "}",
    "nope",
    // Batches.
    r#"[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes"}}]"#,
    r#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes"}}]"#,
    // Two texts.
    r#"{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"write_note"}}"#,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}",
    // Names twice.
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes","name":"write_note"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"write_note","name":"read_notes"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes","n\u0061me":"write_note"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"read_notes"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes"},"params":{"name":"write_note"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes","arguments":{"a":1,"a":2}}}"#,
    // Names in another case.
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes","Name":"write_note"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes"},"Params":{"name":"write_note"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"ping","METHOD":"tools/call","params":{"name":"write_note"}}"#,
    // Lists for objects, and other types.
    r#"["2.0",1,"tools/call",{"name":"read_notes"}]"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["read_notes",{}]}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["read_notes"]}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":{"name":"read_notes"}}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"read_notes"}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":{"tools":"call"},"params":{"name":"read_notes"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":null}"#,
    r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
    r#"{"id":1,"method":"ping"}"#,
    // A call that poses as an answer.
    r#"{"jsonrpc":"2.0","id":1,"result":{},"method":"tools/call","params":{"name":"read_notes"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"error":{},"params":{"name":"read_notes"}}"#,
    r#"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#,
    // What is no JSON.
    r#"{"jsonrpc":"2.0","id":NaN,"method":"ping"}"#,
    r#"{"jsonrpc":"2.0","id":01,"method":"ping"}"#,
    r#"{"jsonrpc":"2.0","id":1,"method":"ping",}"#,
    r#"{'jsonrpc':'2.0','id':1,'method':'ping'}"#,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"/**/}",
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\0",
    "\u{feff}{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800"}}"#,
];

#[tokio::test]
async fn hostile_messages_are_refused() {
    let (app, seen) = app();
    for body in CALLS {
        let answer = sent(&app, EVERYTHING, *body).await;
        let code = answer.json()["error"]["code"].as_i64().unwrap();
        assert_eq!((answer.status(), answer.header("content-type")), (400, Some("application/json")), "{body}");
        assert!(code == -32700 || code == -32600, "{body}: {code}");
        assert_eq!(sent(&app, "bad", *body).await.status(), 401, "{body}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn bytes_that_are_no_utf_8_are_refused() {
    let (app, seen) = app();
    let utf_16 = |little: bool| {
        let units = call("read_notes").encode_utf16().collect::<Vec<_>>();
        units
            .into_iter()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect::<Vec<_>>()
    };
    let split =
        |byte: u8| [br#"{"jsonrpc":"2.0","id":1,"method":"ping","x":""#.to_vec(), vec![byte], b"\"}".to_vec()].concat();
    for body in
        [utf_16(true), utf_16(false), split(0xFF), split(0xC3), split(0x80), vec![0x1F, 0x8B, 8, 0], vec![0; 100]]
    {
        assert_eq!(sent(&app, EVERYTHING, body.clone()).await.status(), 400, "{body:?}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn size_and_depth_are_bounded() {
    let (app, seen) = app();
    let with = |arguments: &str| message("tools/call", &format!(r#"{{"name":"read_notes","arguments":{arguments}}}"#));
    let deep = |depth: usize| with(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(sent(&app, EVERYTHING, deep(62)).await.status(), 200);
    for body in [deep(63), deep(30_000), with(&r#"{"a":"#.repeat(10_000)), "[".repeat(60_000)] {
        assert_eq!(sent(&app, EVERYTHING, body).await.status(), 400);
    }
    let long = |bytes: usize| with(&format!("\"{}\"", "x".repeat(bytes - with("\"\"").len())));
    assert_eq!(sent(&app, EVERYTHING, long(64 * 1024)).await.status(), 200);
    seen.lock().unwrap().clear();
    for bytes in [64 * 1024 + 1, 8 << 20] {
        let answer = sent(&app, EVERYTHING, long(bytes)).await;
        assert_eq!((answer.status(), &answer.json()["error"]["code"]), (413, &(-32600).into()));
        assert_eq!(sent(&app, "bad", long(bytes)).await.status(), 401);
    }
    // It has no end, and is not awaited.
    let endless = futures_util::stream::repeat_with(|| Ok::<_, Infallible>("[".repeat(1024)));
    assert_eq!(sent(&app, EVERYTHING, Body::from_stream(endless)).await.status(), 413);
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn other_media_types_are_refused() {
    let (app, seen) = app();
    for kind in ["text/plain", "application/json; charset=utf-16", "application/json-seq", "multipart/form-data", ""] {
        let call = app.post("/mcp").header("content-type", kind).body(call("read_notes"));
        assert_eq!(call.bearer(EVERYTHING).await.status(), 415, "{kind}");
    }
    assert_eq!(app.post("/mcp").body(call("read_notes")).bearer(EVERYTHING).await.status(), 415);
    let twice = app.post("/mcp").headers("content-type", ["application/json", "text/plain"]).body(call("read_notes"));
    assert_eq!(twice.bearer(EVERYTHING).await.status(), 415);
    assert!(seen.lock().unwrap().is_empty());
}

/// Many members, names and texts of every length cost about what reading them costs.
#[tokio::test]
async fn many_members_are_read_in_bounded_time() {
    let (app, _) = app();
    let members: Vec<_> = (0..5000).map(|i| format!(r#""{i:x}":{i}"#)).collect();
    let body = message("tools/call", &format!(r#"{{"name":"read_notes","arguments":{{{}}}}}"#, members.join(",")));
    assert!(body.len() < 64 * 1024);
    let start = std::time::Instant::now();
    for _ in 0..50 {
        assert_eq!(sent(&app, EVERYTHING, body.clone()).await.status(), 200);
    }
    assert!(start.elapsed().as_secs() < 10);
}
