//! Behind a proxy that ends TLS, its header tells the client's certificate, and nobody else's header does.

use std::net::SocketAddr;

use axum::{body::Body, extract::ConnectInfo};
use axum_scopes::{
    secure,
    sender::{CertificateHeader, ForwardedCertificates},
};

use super::*;

schemes!(Vault Rfc6750 Sender::bearer().or_certificate().required(););

#[security(scopes = ["items"])]
async fn items(_: Depends<verified<Vault, CertificateVerifier<TokenVerifier>>>, headers: HeaderMap) -> String {
    headers.keys().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn app(certificates: ForwardedCertificates) -> App {
    let router = secure::Router::new().route("/", secure::get(items)).layer(certificates);
    App::new(router.with_state(CertificateVerifier::new(verifier())).into_router())
}

fn hex() -> CertificateHeader {
    CertificateHeader::sha256("x-client-sha256".parse().unwrap())
}

fn request(peer: Option<&str>, headers: &[(&str, &str)]) -> Request {
    let bound = token(Some(&of_certificate()));
    let request = headers.iter().fold(Request::get("/"), |request, (name, value)| request.header(*name, *value));
    let mut request = request.header("authorization", format!("Bearer {bound}")).body(Body::empty()).unwrap();
    if let Some(peer) = peer {
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    }
    request
}

#[tokio::test]
async fn the_header_of_the_proxy_is_believed_once_and_removed() {
    let app = app(ForwardedCertificates::from_peers(hex(), ["10.0.0.0/8", "fd00::/8"]).unwrap());
    for peer in ["10.0.0.1:1", "[fd00::1]:1", "[::ffff:10.0.0.1]:1"] {
        let answer = app.send(request(Some(peer), &[("x-client-sha256", HEX)])).await;
        assert_eq!((answer.status(), answer.text()), (200, "authorization"), "{peer}");
    }
    let other = HEX.replace('7', "8");
    for headers in [
        &[][..],
        &[("x-client-sha256", &*other)],
        &[("x-client-sha256", HEX), ("x-client-sha256", HEX)],
        &[("X-Client-SHA256", HEX), ("x-client-sha256", &other)],
        &[("client-cert", HEX)],
        &[("x-forwarded-client-cert", "Hash=0707070707070707070707070707070707070707070707070707070707070707")],
    ] {
        assert_eq!(app.send(request(Some("10.0.0.1:1"), headers)).await.status(), 401, "{headers:?}");
    }
}

#[tokio::test]
async fn the_header_of_a_direct_client_is_not_believed() {
    let app = app(ForwardedCertificates::from_peers(hex(), ["10.0.0.0/8"]).unwrap());
    for peer in [Some("192.0.2.1:1"), Some("[::1]:1"), Some("127.0.0.1:1"), None] {
        assert_eq!(app.send(request(peer, &[("x-client-sha256", HEX)])).await.status(), 401, "{peer:?}");
        // Nor if the client says that it is the proxy.
        let headers = [("x-client-sha256", HEX), ("x-forwarded-for", "10.0.0.1"), ("forwarded", "for=10.0.0.1")];
        assert_eq!(app.send(request(peer, &headers)).await.status(), 401, "{peer:?}");
    }
}

#[tokio::test]
async fn behind_a_socket_that_only_the_proxy_reaches_every_peer_is_believed() {
    let app = app(ForwardedCertificates::from_any_peer(CertificateHeader::xfcc()));
    let xfcc = format!("By=spiffe://mesh/a;Hash={HEX};Subject=\"CN=\\\"a\\\",O=b\"");
    assert_eq!(app.send(request(None, &[("x-forwarded-client-cert", &xfcc)])).await.status(), 200);
    let forged = format!("Hash={};URI=spiffe://a,Hash={HEX}", "08".repeat(32));
    for forged in [&forged, &forged.replace(',', ";"), &format!("{xfcc},{xfcc}")] {
        assert_eq!(app.send(request(None, &[("x-forwarded-client-cert", forged)])).await.status(), 401, "{forged}");
    }
}
