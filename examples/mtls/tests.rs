//! Real TLS clients ask the service.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::serve::Listener;
use axum_scopes::testing::open_routes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::ClientConfig};

use super::*;
use crate::demo::{Identity, private};

async fn serve(demo: &Demo) -> SocketAddr {
    let listener = TlsListener::bind("127.0.0.1:0", demo.server().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap().address;
    let router = router(demo.verifier().unwrap()).into_router();
    tokio::spawn(async { axum::serve(listener, router.into_make_service_with_connect_info::<Peer>()).await });
    address
}

/// The answer to a client with this certificate, as text.
async fn ask(address: SocketAddr, demo: &Demo, client: Option<&Identity>, path: &str) -> String {
    let config = ClientConfig::builder().with_root_certificates(demo.roots().unwrap());
    let config = match client {
        Some(Identity { certificate, key }) => {
            config.with_client_auth_cert(vec![certificate.der().clone()], private(key)).unwrap()
        }
        None => config.with_no_client_auth(),
    };
    let stream = TcpStream::connect(address).await.unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let mut stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
    let token = demo.token().unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    // A header that names a certificate is worth nothing here.
    let request = format!("{head}client-cert: :MAMCAQU=:\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_token_is_accepted_with_its_certificate_alone() {
    let demo = Demo::new().unwrap();
    let address = serve(&demo).await;
    let answer = ask(address, &demo, Some(&demo.client), "/accounts").await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("the accounts of robot\n"), "{answer}");
    for other in [Some(&demo.other), None] {
        let answer = ask(address, &demo, other, "/accounts").await;
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
        assert!(answer.contains(r#"Bearer error="invalid_token", scope="accounts""#), "{answer}");
        assert!(ask(address, &demo, other, "/status").await.ends_with("up\n"));
    }
}

#[tokio::test]
async fn stalled_handshakes_hold_up_nobody() {
    let demo = Demo::new().unwrap();
    let address = serve(&demo).await;
    let mut stalled = Vec::new();
    for byte in [&b""[..], b"\x16", b"\x16\x03\x01", b"GET / HTTP/1.1\r\n\r\n"].into_iter().cycle().take(100) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(byte).await.unwrap();
        stalled.push(stream);
    }
    let answer = timeout(Duration::from_secs(5), ask(address, &demo, Some(&demo.client), "/accounts")).await;
    assert!(answer.unwrap().starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn nobody_opens_a_route_by_mistake() {
    let router = router(Demo::new().unwrap().verifier().unwrap());
    assert_eq!(
        router.table().to_string(),
        "\
GET  /accounts  Bank (certificate) [accounts]
GET  /status    public (load balancers have no token)
"
    );
    assert_eq!(open_routes(router.into_router()).await, ["GET /status 200"]);
}
