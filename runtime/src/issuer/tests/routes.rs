//! Roots of one's own, and the tunnel of a proxy.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    thread,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use super::{provider::key_set, *};
use crate::{
    http::{connections::Connections, error::ConnectionsError},
    issuer::error::with_sources,
};

const AUTHORITY: &str = include_str!("tls/authority.pem");
const CERTIFICATE: &str = include_str!("tls/certificate.pem");
const KEY: &str = include_str!("tls/key.pem");

/// The port of a server with TLS, whose certificate is that of `id.example.com`, and which is the issuer of this name.
fn tls(known: &Signer) -> Tested<u16> {
    let chain = CertificateDer::pem_slice_iter(CERTIFICATE.as_bytes()).collect::<Result<Vec<_>, _>>()?;
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions()?.with_no_client_auth();
    let config = Arc::new(config.with_single_cert(chain, PrivateKeyDer::from_pem_slice(KEY.as_bytes())?)?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (port, keys) = (listener.local_addr()?.port(), key_set(&[known]));
    let document = format!(r#"{{"issuer":"{URL}","jwks_uri":"{URL}/keys"}}"#);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = |stream: TcpStream| -> Tested {
                let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(&config))?, stream);
                let mut head = BufReader::new(&mut tls).lines();
                let first = head.next().unwrap_or_else(|| Ok(String::new()))?;
                head.by_ref().take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
                let body = if first.contains("/keys") { &keys } else { &document };
                write!(tls, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())?;
                tls.conn.send_close_notify();
                Ok(tls.flush()?)
            };
            let _ = stream.map(|stream| answer(stream).is_ok());
        }
    });
    Ok(port)
}

/// A proxy that answers with `status`, and leads every tunnel to `port`. It records what it is asked.
fn proxy(port: u16, status: &'static str) -> Tested<(String, Arc<Mutex<Vec<String>>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?.to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&asked);
    thread::spawn(move || {
        for client in listener.incoming() {
            let record = Arc::clone(&record);
            thread::spawn(move || -> Option<()> {
                let mut client = client.ok()?;
                let (mut head, mut byte) = (Vec::new(), [0]);
                while !head.ends_with(b"\r\n\r\n") {
                    client.read_exact(&mut byte).ok()?;
                    head.push(byte[0]);
                }
                record.lock().ok()?.push(String::from_utf8(head).ok()?);
                write!(client, "HTTP/1.1 {status}\r\n\r\n").ok()?;
                let server = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
                let (mut from, mut to) = (client.try_clone().ok()?, server.try_clone().ok()?);
                thread::spawn(move || std::io::copy(&mut from, &mut to));
                let (mut from, mut to) = (server, client);
                std::io::copy(&mut from, &mut to).ok()?;
                to.shutdown(std::net::Shutdown::Both).ok()
            });
        }
    });
    Ok((address, asked))
}

/// The verdict on a good token, and the error of the refresh.
async fn verdict(known: &Signer, connections: Connections) -> Tested<(bool, String)> {
    let verifier = IssuerVerifier::builder().issuer(Issuer::new(URL)).connections(connections).start()?;
    let verdict = verify(&verifier, &known.token(URL)).await;
    let failure = verifier.status().remove(0).last_failure;
    Ok((verdict.is_ok(), failure.map(|(_, error)| with_sources(&error)).unwrap_or_default()))
}

#[tokio::test]
async fn keys_are_fetched_in_the_tunnel_of_a_proxy() -> Tested {
    let known = Signer::new("1")?;
    let port = tls(&known)?;
    let (address, asked) = proxy(port, "200 OK")?;
    let ours = || Connections::new().roots_pem(AUTHORITY);
    assert_eq!(verdict(&known, ours()?.proxy(&format!("http://{address}"))?).await?, (true, String::new()));
    let heads = || asked.lock().map(|asked| asked.clone()).unwrap_or_default();
    assert_eq!(heads(), ["CONNECT id.example.com:443 HTTP/1.1\r\nHost: id.example.com:443\r\n\r\n"; 2]);
    let with_password = ours()?.proxy(&format!("http://amy:secret@{address}"))?;
    assert!(!format!("{with_password:?}").contains("secret"));
    assert!(verdict(&known, with_password).await?.0);
    assert!(heads().last().is_some_and(|head| head.contains("Proxy-Authorization: Basic YW15OnNlY3JldA==\r\n")));
    // The proxy is no reason to trust the certificate.
    let (is_accepted, failure) = verdict(&known, Connections::new().proxy(&format!("http://{address}"))?).await?;
    assert!(!is_accepted && failure.contains("TLS failed"), "{failure}");
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_refuses_is_reported_without_its_password() -> Tested {
    let known = Signer::new("1")?;
    for status in ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"] {
        let (address, _) = proxy(1, status)?;
        let connections = Connections::new().roots_pem(AUTHORITY)?.proxy(&format!("http://amy:secret@{address}"))?;
        let (is_accepted, failure) = verdict(&known, connections).await?;
        assert!(!is_accepted && failure.contains("tunnel") && !failure.contains("secret"), "{failure}");
    }
    let nowhere = format!("http://{}.invalid", "a".repeat(64));
    let (_, failure) = verdict(&known, Connections::new().roots_pem(AUTHORITY)?.proxy(&nowhere)?).await?;
    assert!(failure.contains("host is unknown"), "{failure}");
    Ok(())
}

#[tokio::test]
async fn a_proxy_is_not_asked_for_this_machine() -> Tested {
    let known = Signer::new("1")?;
    let provider = provider::Provider::with_keys(&[&known]).await?;
    let connections = Connections::new().proxy("http://127.0.0.1:1")?;
    let verifier = IssuerVerifier::builder().issuer(Issuer::new(&provider.url)).connections(connections).start()?;
    assert_eq!(verify(&verifier, &known.token(&provider.url)).await, Ok(()));
    Ok(())
}

#[test]
fn roots_and_proxies_are_checked_when_they_are_configured() {
    let new = Connections::new;
    for pem in ["", "x", KEY, &AUTHORITY[..200], &AUTHORITY.replace('M', "N")] {
        let refused = new().roots_pem(pem).err();
        assert!(matches!(refused, Some(ConnectionsError::Certificates(_))), "{pem}");
    }
    assert!(new().roots_pem(format!("{AUTHORITY}{CERTIFICATE}")).is_ok());
    for url in ["", "proxy", "proxy:3128", "https://proxy", "socks5://proxy", "http://", "http:///x", "http://a b"] {
        assert!(matches!(new().proxy(url).err(), Some(ConnectionsError::Proxy)), "{url}");
    }
    assert!(format!("{:?}", new()).contains("has_proxy: false"));
}

/// This runs in copies of the test with other variables.
#[test]
fn the_environment_names_a_proxy_only_if_asked() -> Tested {
    const NAME: &str = "issuer::tests::routes::the_environment_names_a_proxy_only_if_asked";
    if let Ok(expected) = std::env::var("EXPECTED") {
        let shown = Connections::new().proxy_of_environment().map(|connections| format!("{connections:?}"));
        let shown = shown.unwrap_or_else(|error| error.to_string());
        assert!(shown.contains(&expected), "{shown}");
        assert!(format!("{:?}", Connections::new()).contains("has_proxy: false"));
        return Ok(());
    }
    for (name, value, expected) in [
        ("HTTPS_PROXY", "http://proxy:3128", "has_proxy: true"),
        ("https_proxy", "http://proxy:3128", "has_proxy: true"),
        ("HTTPS_PROXY", "", "has_proxy: false"),
        ("HTTP_PROXY", "http://proxy:3128", "has_proxy: false"),
        ("ALL_PROXY", "http://proxy:3128", "has_proxy: false"),
        ("HTTPS_PROXY", "socks5://proxy", "is not an HTTP URL"),
    ] {
        let mut copy = std::process::Command::new(std::env::current_exe()?);
        let copy = copy.args(["--exact", NAME]).env_remove("HTTPS_PROXY").env_remove("https_proxy");
        let copy = copy.env(name, value).env("EXPECTED", expected).output()?;
        let said = String::from_utf8_lossy(&copy.stdout);
        assert!(copy.status.success() && said.contains("1 passed"), "{name} {said}");
    }
    Ok(())
}
