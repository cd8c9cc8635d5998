//! Connections over real sockets end when their token expires, or is revoked.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use axum::{
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    response::sse::{Event, KeepAlive, Sse},
};
use axum_scopes::{
    Claims,
    connection::Lease,
    credential::{AccessToken, Presented},
    token::{TokenError, VerifiedToken, VerifyError, VerifyToken},
    verified,
};
use axum_scopes_tests::prelude::*;
use futures_util::stream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// Accepts every token, which lasts as many seconds as it says, until all are revoked.
#[derive(Clone, Default)]
struct Sessions(Arc<AtomicBool>);

impl VerifyToken for Sessions {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        let seconds = presented.token().parse().map_err(|_| TokenError::Malformed)?;
        let claims = Claims::new("amy", "items", Duration::from_secs(seconds));
        if self.0.load(Relaxed) { Err(TokenError::Inactive.into()) } else { Ok(VerifiedToken::of(claims)) }
    }
}

/// The lease of a request, whose token is verified again each second.
#[security]
async fn lease(
    Depends(claims): Depends<verified<Api, Sessions>>,
    token: AccessToken<Api>,
    State(sessions): State<Sessions>,
) -> Result<Lease, Infallible> {
    let presented = token.presented();
    // A session that is used goes on. This one does not, so that the end can be told from a renewed one.
    Ok(Lease::of(&claims).verify_again(Duration::from_secs(1), &Until(claims, sessions), &presented))
}

/// What was accepted first, as long as it is not revoked.
#[derive(Clone)]
struct Until(Claims, Sessions);

impl VerifyToken for Until {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.1.judge(presented).await.map(|_| VerifiedToken::of(self.0.clone()))
    }
}

#[security(scopes = ["items"])]
async fn events(Depends(lease): Depends<lease>) -> Sse<impl stream::Stream<Item = Result<Event, Infallible>>> {
    let first = stream::iter([Ok(Event::default().data("hello"))]);
    let events = stream::StreamExt::chain(first, stream::pending());
    // Without a lease, this would keep the connection alive for ever.
    Sse::new(lease.stream(events)).keep_alive(KeepAlive::new().interval(Duration::from_millis(100)))
}

#[security(scopes = ["items"])]
async fn socket(Depends(lease): Depends<lease>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| serve(socket, lease))
}

async fn serve(mut socket: WebSocket, mut lease: Lease) {
    let ended = loop {
        tokio::select! {
            ended = lease.ended() => break ended,
            message = socket.recv() => match message {
                Some(Ok(message)) if socket.send(message.clone()).await.is_ok() => {}
                _ => return,
            },
        }
    };
    let frame = CloseFrame { code: ended.close_code(), reason: ended.to_string().into() };
    let _ = socket.send(Message::Close(Some(frame))).await;
}

/// A connection on which this was sent.
async fn connect(sessions: &Sessions, path: &str, token: &str, headers: &str) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/events", get(events)).route("/socket", get(socket));
    tokio::spawn(axum::serve(listener, routes.with_state(sessions.clone())).into_future());
    let mut client = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n{headers}\r\n");
    client.write_all(request.as_bytes()).await.unwrap();
    client
}

/// All that the server sends until it closes the connection.
async fn rest(mut client: TcpStream) -> String {
    let mut answer = Vec::new();
    let end = timeout(Duration::from_secs(10), client.read_to_end(&mut answer)).await;
    assert!(end.is_ok(), "the connection is still open");
    String::from_utf8_lossy(&answer).into_owned()
}

const CLOSE: &str = "connection: close\r\n";
const UPGRADE: &str = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
                       sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[tokio::test]
async fn events_end_when_their_token_expires() {
    let begin = Instant::now();
    let answer = rest(connect(&Sessions::default(), "/events", "3", CLOSE).await).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("data: hello"), "{answer}");
    // Begun by the service, and ended by it: not broken off.
    assert!(answer.contains("\n:\n") && answer.ends_with("\r\n0\r\n\r\n"), "{answer}");
    assert!((1..=4).contains(&begin.elapsed().as_secs()), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn events_end_when_their_token_is_revoked() {
    let sessions = Sessions::default();
    let client = connect(&sessions, "/events", "3600", CLOSE).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    sessions.0.store(true, Relaxed);
    let answer = rest(client).await;
    assert!(answer.contains("data: hello") && answer.ends_with("\r\n0\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn a_client_that_comes_again_is_refused() {
    let sessions = Sessions::default();
    sessions.0.store(true, Relaxed);
    let answer = rest(connect(&sessions, "/events", "3600", CLOSE).await).await;
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("www-authenticate: Bearer"), "{answer}");
}

#[tokio::test]
async fn a_web_socket_is_closed_when_its_token_expires() {
    let mut client = connect(&Sessions::default(), "/socket", "3", UPGRADE).await;
    // A masked text frame (RFC 6455 §5.2): the service answers while the token is good.
    client.write_all(b"\x81\x82\0\0\0\0hi").await.unwrap();
    let answer = rest(client).await;
    assert!(answer.starts_with("HTTP/1.1 101") && answer.contains("\u{fffd}\u{2}hi"), "{answer:?}");
    // 1008, which is 0x03f0.
    assert!(answer.contains("\u{fffd}\u{13}\u{3}\u{fffd}token has expired"), "{answer:?}");
}

#[tokio::test]
async fn a_web_socket_is_closed_when_its_token_is_revoked() {
    let sessions = Sessions::default();
    let client = connect(&sessions, "/socket", "3600", UPGRADE).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    sessions.0.store(true, Relaxed);
    let answer = rest(client).await;
    assert!(answer.contains("\u{3}\u{fffd}token is no longer accepted"), "{answer:?}");
}
