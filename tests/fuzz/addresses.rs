//! A target that sends the headers in which proxies name their clients. What a client writes into them does not change which address
//! the service's proxy has told.

use std::{
    net::{IpAddr, SocketAddr},
    sync::LazyLock,
};

use axum::{
    extract::ConnectInfo,
    http::{HeaderName, HeaderValue, Request},
};
use axum_scopes::login::ClientAddress;

const PROXIES: [&str; 2] = ["10.0.0.0/8", "2001:db8:1::/48"];
const PROXY: &str = "10.0.0.1:80";
const CLIENT: &str = "192.0.2.1";

static ADDRESSES: LazyLock<[(ClientAddress, &str); 2]> = LazyLock::new(|| {
    [
        (ClientAddress::x_forwarded_for(PROXIES).expect("networks"), "x-forwarded-for"),
        (ClientAddress::forwarded(PROXIES).expect("networks"), "forwarded"),
    ]
});

/// The first byte chooses the header, and the rest are its lines as a client sends them.
pub fn addresses(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let at = usize::from(form % 2);
    let lines: Vec<Vec<u8>> = rest.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let Some(found) = told(at, PROXY, &lines) else { return };
    if !rest.iter().any(|byte| b"\"\\".contains(byte)) {
        assert_eq!(found, simple(at, &lines), "{lines:?}");
    }
    // Nobody but a proxy of the service is believed.
    assert_eq!(told(at, "203.0.113.7:80", &lines), Some(ip("203.0.113.7")), "{lines:?}");
    let written = |address: &str| if at == 0 { address.to_owned() } else { format!("proto=https;For=\"{address}\"") };
    let (client, proxy) = (written(CLIENT), written("10.9.9.9"));
    let (line, chain) = (client.clone().into_bytes(), format!("{client}, {proxy}").into_bytes());
    for told_by_proxies in [&line, &chain] {
        // A proxy appends to the last line, or adds a line of its own.
        let mut appended = lines.clone();
        let last = appended.last_mut().expect("a line");
        last.extend([b", ", &told_by_proxies[..]].concat());
        let mut added = lines.clone();
        added.push(told_by_proxies.clone());
        for lines in [appended, added] {
            assert_eq!(told(at, PROXY, &lines), Some(ip(CLIENT)), "{lines:?}");
        }
    }
}

/// The address that a service tells, or `None` if these are no headers.
fn told(at: usize, peer: &str, lines: &[Vec<u8>]) -> Option<IpAddr> {
    let (addresses, name) = &ADDRESSES[at];
    let mut request = Request::new(());
    for line in lines {
        request.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_bytes(line).ok()?);
    }
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().expect("an address")));
    Some(addresses.of(&request.into_parts().0).expect("the peer at least"))
}

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

/// The same for lines without quotes: from the right, the first address that is not a proxy, or the last one that can be read.
fn simple(at: usize, lines: &[Vec<u8>]) -> IpAddr {
    let mut client = ip("10.0.0.1");
    let lines: Vec<String> = lines.iter().map(|line| line.iter().map(|byte| char::from(*byte)).collect()).collect();
    for entry in lines.join(",").rsplit(',') {
        let entry = entry.trim_matches([' ', '\t']);
        if entry.is_empty() {
            continue;
        }
        let address = if at == 0 { address(entry) } else { element(entry) };
        let Some(address) = address else { break };
        client = address;
        if !is_proxy(client) {
            break;
        }
    }
    client
}

/// RFC 7239 §4 and §6.
fn element(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let nodes: Vec<&str> = pairs
        .filter(|(name, _)| name.trim_matches([' ', '\t']).eq_ignore_ascii_case("for"))
        .map(|(_, node)| node.trim_matches([' ', '\t']))
        .collect();
    if let [node] = nodes[..] { address(node) } else { None }
}

/// An address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let (bracketed, behind) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inner, behind)) => (Some(inner), behind),
        None => (None, ""),
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let address = match bracketed {
        Some(inner) if behind.is_empty() || behind.strip_prefix(':').is_some_and(is_port) => {
            IpAddr::V6(inner.parse().ok()?)
        }
        Some(_) => return None,
        None => match (text.parse().ok(), text.split_once(':')) {
            (Some(address), _) => address,
            (None, Some((address, port))) if is_port(port) => IpAddr::V4(address.parse().ok()?),
            _ => return None,
        },
    };
    Some(address.to_canonical())
}

fn is_proxy(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.octets()[0] == 10,
        IpAddr::V6(address) => address.segments()[..3] == [0x2001, 0xdb8, 1],
    }
}
