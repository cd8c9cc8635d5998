//! Guards and dependencies protect connections that stay open: WebSockets over a real socket, and server-sent events.

use std::convert::Infallible;

use axum::{
    extract::ws::WebSocketUpgrade,
    response::sse::{Event, Sse},
};
use axum_scopes::guard;
use axum_scopes_tests::prelude::*;
use futures_util::stream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::answers::not_enough;

#[security(scopes = ["items"])]
async fn socket(Depends(user): Depends<get_current_user>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        let _ = socket.send(user.0.into()).await;
    })
}

#[security(scopes = ["items"])]
async fn events(
    Depends(user): Depends<get_current_user>,
) -> Sse<impl stream::Stream<Item = Result<Event, Infallible>>> {
    Sse::new(stream::iter([Ok(Event::default().data(user.0)), Ok(Event::default().data("done"))]))
}

fn router() -> Router {
    let routes = Router::new().route("/socket", get(socket)).route("/events", get(events));
    guard!(scopes = ["admin"], depends(get_current_user)).protect(routes)
}

/// Everything that the server answers to a WebSocket handshake until it closes the connection.
async fn handshake(token: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, router()).await });
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /socket HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nauthorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    server.abort();
    String::from_utf8_lossy(&answer).to_ascii_lowercase()
}

#[tokio::test]
async fn a_web_socket_opens_where_guard_and_handler_accept() {
    let answer = handshake("admin+items").await;
    assert!(answer.starts_with("http/1.1 101"), "{answer}");
    // RFC 6455 §5.2: one final text frame of three bytes.
    assert!(answer.contains("\r\n\r\n\u{fffd}\u{3}joe"), "{answer:?}");
}

#[tokio::test]
async fn a_web_socket_stays_closed_where_guard_or_handler_refuses() {
    for (token, missing) in [("items", "admin"), ("admin", "items"), ("", "admin")] {
        let answer = handshake(token).await;
        assert!(answer.starts_with("http/1.1 401"), "{answer}");
        assert!(answer.contains(&format!("www-authenticate: bearer scope=\"{missing}\"")), "{answer}");
        assert!(!answer.contains("sec-websocket-accept"), "{answer}");
    }
}

#[tokio::test]
async fn events_stream_where_guard_and_handler_accept() {
    let app = App::new(router());
    let answer = app.get("/events").bearer("admin+items").await;
    assert_eq!(answer, (200, None, "data: joe\n\ndata: done\n\n"));
    assert_eq!(app.get("/events").bearer("items").await, not_enough("admin"));
    assert_eq!(app.get("/events").bearer("admin").await, not_enough("items"));
}
