//! From which peers a header counts, and what stands in the request behind the layer.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{convert::Infallible, future::ready};

use axum_scopes_test_support::Log;
use tower::{ServiceExt, service_fn};

use super::*;

const PROXY: &str = "10.0.0.1:4000";
const CLIENT: &str = "192.0.2.1:4000";

fn header() -> CertificateHeader {
    CertificateHeader::sha256("x-client-sha256".parse().unwrap())
}

fn certificate(byte: u8) -> ClientCertificate {
    ClientCertificate::of_sha256([byte; 32])
}

fn digits(byte: u8) -> String {
    format!("{byte:02x}").repeat(32)
}

fn request(peer: Option<&str>, values: &[String]) -> Request<()> {
    let mut request = Request::new(());
    if let Some(peer) = peer {
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    }
    for value in values {
        request.headers_mut().append("x-client-sha256", value.parse().unwrap());
    }
    request
}

/// What a handler behind the layer gets.
async fn behind(layer: &ForwardedCertificates, request: Request<()>) -> Option<ClientCertificate> {
    let handler = service_fn(|request: Request<()>| {
        assert!(!request.headers().contains_key("x-client-sha256"), "the header is still there");
        ready(Ok::<_, Infallible>(request.extensions().get().cloned()))
    });
    layer.layer(handler).oneshot(request).await.unwrap_or_else(|never| match never {})
}

fn from_the_proxy() -> ForwardedCertificates {
    ForwardedCertificates::from_peers(header(), ["10.0.0.0/8"]).unwrap()
}

#[tokio::test]
async fn a_header_counts_only_from_a_trusted_peer_and_is_always_removed() {
    let value = [digits(7)];
    for (peer, expected) in [
        (Some(PROXY), Some(certificate(7))),
        (Some("[::ffff:10.0.0.1]:4000"), Some(certificate(7))),
        (Some(CLIENT), None),
        (Some("[::1]:4000"), None),
        (None, None),
    ] {
        assert_eq!(behind(&from_the_proxy(), request(peer, &value)).await, expected, "{peer:?}");
    }
}

#[tokio::test]
async fn from_any_peer_a_header_counts_whatever_the_address() {
    let layer = ForwardedCertificates::from_any_peer(header());
    for peer in [Some(PROXY), Some(CLIENT), None] {
        assert_eq!(behind(&layer, request(peer, &[digits(7)])).await, Some(certificate(7)), "{peer:?}");
    }
}

#[tokio::test]
async fn two_headers_name_no_certificate() {
    for values in
        [[digits(7), digits(7)], [digits(7), digits(8)], [digits(7), String::new()], [String::new(), digits(7)]]
    {
        assert_eq!(behind(&from_the_proxy(), request(Some(PROXY), &values)).await, None, "{values:?}");
    }
}

#[tokio::test]
async fn a_certificate_of_the_listener_stays_unless_a_trusted_peer_speaks() {
    for (peer, values, expected) in [
        (Some(CLIENT), vec![digits(7)], Some(certificate(1))),
        (Some(CLIENT), vec![digits(7), digits(8)], Some(certificate(1))),
        (Some(CLIENT), vec!["x".to_owned()], Some(certificate(1))),
        (Some(CLIENT), vec![], Some(certificate(1))),
        (None, vec![digits(7)], Some(certificate(1))),
        (Some(PROXY), vec![digits(7)], Some(certificate(7))),
        // The certificate that is there is the proxy's, and its client has none.
        (Some(PROXY), vec![], None),
        (Some(PROXY), vec![String::new()], None),
        (Some(PROXY), vec!["x".to_owned()], None),
        (Some(PROXY), vec![digits(7), digits(8)], None),
    ] {
        let mut request = request(peer, &values);
        request.extensions_mut().insert(certificate(1));
        assert_eq!(behind(&from_the_proxy(), request).await, expected, "{peer:?} {values:?}");
    }
}

#[tokio::test]
async fn ignored_and_unreadable_headers_are_logged_without_their_values() {
    for (peer, values, expected) in [
        (Some(PROXY), vec![digits(7)], ""),
        (Some(PROXY), vec![], ""),
        (Some(PROXY), vec![String::new()], ""),
        (Some(CLIENT), vec![], ""),
        (None, vec![], ""),
        (
            Some(PROXY),
            vec!["secret".to_owned()],
            "WARN a header with a certificate cannot be read header=x-client-sha256",
        ),
        (
            Some(PROXY),
            vec![digits(7), digits(8)],
            "WARN a header with a certificate cannot be read header=x-client-sha256",
        ),
        (
            Some(CLIENT),
            vec!["secret".to_owned()],
            "DEBUG a header with a certificate is ignored, because its peer is not trusted header=x-client-sha256",
        ),
        (
            None,
            vec!["secret".to_owned()],
            "ERROR a header with a certificate is ignored, because nobody knows the peer; serve the router with \
             `into_make_service_with_connect_info::<SocketAddr>()` header=x-client-sha256",
        ),
    ] {
        let (log, guard) = Log::listen();
        behind(&from_the_proxy(), request(peer, &values)).await;
        drop(guard);
        assert_eq!(log.text(), expected, "{peer:?} {values:?}");
    }
}

/// Each header is read from the name that its proxy gives it, and no other header is touched.
#[tokio::test]
async fn each_header_has_its_own_name() {
    let escaped = "-----BEGIN%20CERTIFICATE-----%0AMAMCAQU=%0A-----END%20CERTIFICATE-----";
    let hash = "417c7763c4e320a6b747b3cb0c6d22f93741b29a32b48594b8eb4c144fe6d729";
    for (header, name, value) in [
        (CertificateHeader::client_cert(), "Client-Cert", ":MAMCAQU=:".to_owned()),
        (CertificateHeader::xfcc(), "X-Forwarded-Client-Cert", format!("By=a;Hash={hash};Subject=\"CN=a,O=b\"")),
        (CertificateHeader::escaped_pem("x-cert".parse().unwrap()), "X-Cert", escaped.to_owned()),
        (CertificateHeader::sha256("x-hash".parse().unwrap()), "X-Hash", hash.to_owned()),
    ] {
        let layer = ForwardedCertificates::from_any_peer(header);
        let request = Request::builder().header(name, value).header("x-other", "1").body(()).unwrap();
        let handler = service_fn(|request: Request<()>| {
            let headers: Vec<_> = request.headers().keys().map(ToString::to_string).collect();
            ready(Ok::<_, Infallible>((headers, request.extensions().get().cloned())))
        });
        let expected = (vec!["x-other".to_owned()], Some(ClientCertificate::of_der(b"\x30\x03\x02\x01\x05")));
        assert_eq!(layer.layer(handler).oneshot(request).await, Ok(expected), "{name}");
    }
}
