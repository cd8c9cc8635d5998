//! A target that sends client certificates as proxies do. Another reader has to find the same certificate, and none that is there
//! beside others.

use std::sync::LazyLock;

use axum::{
    Extension, Router,
    http::{HeaderMap, HeaderName, HeaderValue},
    routing::get,
};
use axum_scopes::{
    credential::ClientCertificate,
    sender::{CertificateHeader, ForwardedCertificates},
};
use axum_scopes_test_support::App;
use data_encoding::{BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};

use crate::service::answer;

const HEADERS: [&str; 4] = ["client-cert", "x-forwarded-client-cert", "x-pem", "x-sha256"];

static APPS: LazyLock<[App; 4]> = LazyLock::new(|| {
    let own = HeaderName::from_static;
    let forms = [
        CertificateHeader::client_cert(),
        CertificateHeader::xfcc(),
        CertificateHeader::escaped_pem(own("x-pem")),
        CertificateHeader::sha256(own("x-sha256")),
    ];
    // The proxy has a certificate, too, which is never the client's.
    let proxy = Extension(ClientCertificate::of_sha256([0; 32]));
    forms.map(|form| {
        let router = Router::new().route("/", get(seen)).layer(ForwardedCertificates::from_any_peer(form));
        App::new(router.layer(proxy.clone()))
    })
});

async fn seen(headers: HeaderMap, certificate: Option<Extension<ClientCertificate>>) -> String {
    assert!(HEADERS.iter().all(|name| !headers.contains_key(*name)), "a handler sees the header");
    certificate.map_or_else(|| "none".to_owned(), |Extension(certificate)| HEXLOWER.encode(certificate.sha256()))
}

/// The first byte chooses the form, and whether the rest are the values of the header, one on each line, or a certificate that is written
/// in this form.
pub fn certificates(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let at = usize::from(form % 4);
    if form / 4 % 2 == 1 {
        if !rest.is_empty() {
            let expected = HEXLOWER.encode(&Sha256::digest(rest));
            agrees(at, &[written(at, rest)], &expected);
        }
        return;
    }
    let lines: Vec<Vec<u8>> = rest.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let read = match &lines[..] {
        [value] => match at {
            0 => of_sequence(value).map(|der| Sha256::digest(der).to_vec()),
            1 => str::from_utf8(value).ok().and_then(of_elements),
            2 => of_pem(value).map(|der| Sha256::digest(der).to_vec()),
            _ => digest(value),
        },
        // A proxy that sends two has appended its own to the client's.
        _ => None,
    };
    agrees(at, &lines, &read.map_or_else(|| "none".to_owned(), |digest| HEXLOWER.encode(&digest)));
}

fn agrees(at: usize, lines: &[Vec<u8>], expected: &str) {
    let values: Result<Vec<_>, _> = lines.iter().map(|line| HeaderValue::from_bytes(line)).collect();
    let Ok(values) = values else { return };
    let answer = answer(APPS[at].get("/").headers(HEADERS[at], &values));
    assert_eq!((answer.status(), answer.text()), (200, expected), "{values:?}");
}

/// A certificate as a proxy writes it. Its bytes also choose what is written beside it.
fn written(at: usize, der: &[u8]) -> Vec<u8> {
    let (base64, digest) = (BASE64.encode(der), HEXLOWER.encode(&Sha256::digest(der)));
    match at {
        0 => format!(":{base64}:"),
        1 => {
            let subject: String = der.iter().map(|byte| char::from(*byte & 0x3f | 0x20)).collect();
            let quoted = subject.replace('\\', "\\\\").replace('"', "\\\"");
            format!("By=spiffe://mesh/a;Hash={digest};Subject=\"{quoted}\";URI=spiffe://mesh/b")
        }
        2 => {
            let end = if der[0] % 2 == 0 { "\n" } else { "\r\n" };
            let lines: Vec<_> = base64.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
            let body = lines.join(end);
            let pem = format!("-----BEGIN CERTIFICATE-----{end}{body}{end}-----END CERTIFICATE-----{end}");
            let escape = |byte: u8| match byte {
                b'+' | b'=' | b'/' if der[0] % 3 == 0 => char::from(byte).to_string(),
                byte if byte.is_ascii_alphanumeric() || byte == b'-' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            };
            pem.bytes().map(escape).collect()
        }
        _ => digest,
    }
    .into_bytes()
}

/// RFC 9440 §2.1: one byte sequence (RFC 9651 §3.3.5), without parameters.
fn of_sequence(value: &[u8]) -> Option<Vec<u8>> {
    let [b':', encoded @ .., b':'] = value else { return None };
    let is_one = !encoded.is_empty() && !String::from_utf8_lossy(encoded).trim_end_matches('=').contains('=');
    BASE64.decode(encoded).ok().filter(|_| is_one)
}

fn digest(text: &[u8]) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text).ok().filter(|digest| digest.len() == 32)
}

/// One certificate (RFC 7468 §5.1) in escapes of URLs, without text around it.
fn of_pem(value: &[u8]) -> Option<Vec<u8>> {
    let plus: Vec<_> = value.split(|byte| *byte == b'+').map(crate::form::decoded).collect();
    let text = plus.join("+");
    let is_text = !text.contains('\u{fffd}');
    let text = text.replace("\r\n", "\n");
    let mut lines: Vec<&str> = text.split('\n').collect();
    while lines.last() == Some(&"") {
        lines.pop();
    }
    let ["-----BEGIN CERTIFICATE-----", base64 @ .., last] = &lines[..] else { return None };
    // The last line may begin with base64.
    let (more, _) = last.split_once("-----END CERTIFICATE-----").filter(|(_, rest)| rest.is_empty())?;
    let base64 = [&base64.concat(), more].concat();
    let is_one = !base64.is_empty() && !base64.trim_end_matches('=').contains('=');
    BASE64.decode(base64.as_bytes()).ok().filter(|_| is_one && is_text)
}

/// What a reader of Envoy's header is in.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Key,
    Start,
    Bare,
    Quoted,
    Escaped,
    Closed,
}

/// The only hash of the only element, read character by character.
fn of_elements(value: &str) -> Option<Vec<u8>> {
    let (mut state, mut key, mut text) = (State::Key, String::new(), String::new());
    let mut hashes = Vec::new();
    for character in value.chars().chain([';']) {
        state = match (state, character) {
            (State::Key, '=') => State::Start,
            (State::Key, ';' | ',' | '"' | '\\') => return None,
            (State::Key, other) => {
                key.push(other);
                State::Key
            }
            (State::Start, '"') => State::Quoted,
            (State::Quoted, '"') => State::Closed,
            (State::Quoted, '\\') => State::Escaped,
            (State::Quoted | State::Escaped, other) => {
                text.push(other);
                State::Quoted
            }
            (State::Start | State::Bare | State::Closed, ';') => {
                if key.trim().eq_ignore_ascii_case("hash") {
                    hashes.push(std::mem::take(&mut text));
                }
                key.clear();
                text.clear();
                State::Key
            }
            (State::Start | State::Bare, ',' | '"' | '\\') | (State::Closed, _) => return None,
            (State::Start | State::Bare, other) => {
                text.push(other);
                State::Bare
            }
        };
    }
    let [hash] = &hashes[..] else { return None };
    digest(hash.as_bytes()).filter(|_| state == State::Key)
}
