//! What reaches the server, and how.

use std::time::Duration;

use axum::http::Method;

use super::*;

#[tokio::test]
async fn a_message_reaches_the_server_byte_for_byte_with_its_caller() {
    let (app, seen) = app();
    let body = "\t{ \"id\" : 1,\r\n \"params\":{\"arguments\":{\"text\":\"\\u00e9 \u{e9} 1.0e2\",\"x\":[null,-0]},\"name\":\"read_notes\"}, \"method\":\"tools\\/call\",\"jsonrpc\":\"2.0\" }\n";
    assert_eq!(sent(&app, "notes:read", body).await.text(), "served");
    assert_eq!(*seen.lock().unwrap(), [format!("POST {body} notes:read")]);
}

#[tokio::test]
async fn get_and_delete_need_the_scopes_of_the_endpoint() {
    let (app, seen) = app();
    for method in [Method::GET, Method::DELETE, Method::HEAD] {
        assert_eq!(app.call(method.clone(), "/mcp").await.status(), 401, "{method}");
        assert_eq!(app.call(method.clone(), "/mcp").bearer("bad").await.status(), 401, "{method}");
        assert_eq!(app.call(method.clone(), "/mcp").bearer("notes:write").await.status(), 403, "{method}");
        assert!(seen.lock().unwrap().is_empty());
        assert_eq!(app.call(method.clone(), "/mcp").bearer("notes:read").await.status(), 200, "{method}");
        seen.lock().unwrap().clear();
    }
    for method in [Method::PUT, Method::PATCH, Method::OPTIONS, Method::from_bytes(b"post").unwrap()] {
        assert_eq!(app.call(method.clone(), "/mcp").bearer("notes:read").await.status(), 405, "{method}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

/// A server need not look at the method, and nobody has read this message.
#[tokio::test]
async fn a_message_in_another_request_than_a_post_does_not_reach_the_server() {
    let (app, seen) = app();
    for method in [Method::GET, Method::DELETE, Method::HEAD] {
        let call = app.call(method.clone(), "/mcp").header("content-type", "application/json").bearer("notes:read");
        assert_eq!(call.body(call_of_a_writer()).await.status(), 200, "{method}");
        assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), [format!("{method}  notes:read")]);
    }
}

fn call_of_a_writer() -> String {
    call("write_note")
}

/// The client then asks for these scopes alone, and for more once it needs them.
#[tokio::test]
async fn without_a_credential_the_challenge_names_the_scopes_of_the_endpoint() {
    let (app, _) = app();
    let challenge = format!(r#"Bearer scope="notes:read", {RESOURCE}"#);
    for body in [message("initialize", "{}"), call("write_note"), call("unknown"), "no message".to_owned()] {
        assert_eq!(post(&app, body.clone()).await.challenge(), Some(challenge.as_str()), "{body}");
    }
}

#[tokio::test]
async fn the_body_of_a_request_without_a_credential_is_not_read() {
    let (app, _) = app();
    let never = Body::from_stream(futures_util::stream::pending::<Result<&str, Infallible>>());
    let answer = tokio::time::timeout(Duration::from_secs(10), post(&app, never).into_future()).await;
    assert_eq!(answer.map(|answer| answer.status()), Ok(401));
}

#[tokio::test]
async fn answers_to_the_server_need_the_scopes_of_the_endpoint() {
    let (app, _) = app();
    for body in
        [r#"{"jsonrpc":"2.0","id":1,"result":{}}"#, r#"{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":""}}"#]
    {
        assert_eq!(sent(&app, "notes:read", body).await.text(), "served");
        assert_eq!(sent(&app, "notes:write", body).await.status(), 403);
    }
}

#[tokio::test]
async fn headers_that_repeat_the_message_agree_with_it() {
    let (app, seen) = app();
    let call = |list: &[(&str, &str)]| {
        let call = post(&app, call("read_notes")).bearer("notes:read");
        list.iter().fold(call, |call, (name, value)| call.header(name, *value))
    };
    for list in [
        &[("mcp-method", "tools/call")][..],
        &[("mcp-method", "tools/call"), ("mcp-name", "read_notes")],
        &[("Mcp-Name", "=?base64?cmVhZF9ub3Rlcw==?=")],
    ] {
        assert_eq!(call(list).await.text(), "served", "{list:?}");
    }
    seen.lock().unwrap().clear();
    for list in [
        &[("mcp-method", "tools/list")][..],
        &[("mcp-name", "write_note")],
        &[("mcp-name", "READ_NOTES")],
        &[("mcp-name", "read_notes"), ("mcp-name", "write_note")],
        &[("mcp-name", "=?base64?!?=")],
    ] {
        let answer = call(list).await;
        assert_eq!((answer.status(), &answer.json()["error"]["code"]), (400, &(-32020).into()), "{list:?}");
    }
    assert!(seen.lock().unwrap().is_empty());
}
