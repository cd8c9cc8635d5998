//! The peers whose headers count, because they are proxies of the service: addresses and networks as text come in, the answer about
//! one peer goes out.

use std::{error::Error, fmt, net::IpAddr, sync::Arc};

use ipnet::{IpNet, Ipv4Net};

#[derive(Clone, Debug)]
pub(crate) enum Peers {
    Any,
    These(Arc<[IpNet]>),
}

/// Why a peer cannot be trusted: a proxy that tells the address or the certificate of its client.
/// ```
/// # #[cfg(feature = "login")]
/// # fn main() {
/// use axum_scopes::login::ClientAddress;
///
/// let error = |peer| ClientAddress::x_forwarded_for([peer]).unwrap_err().to_string();
/// assert_eq!(error("10.0.0.1/8"), "`10.0.0.1/8` has bits behind its prefix; use `10.0.0.0/8`, or the address alone");
/// assert_eq!(error("0.0.0.0/0"), "`0.0.0.0/0` is every address; if nobody but the proxy can connect, use `from_any_peer`");
/// # }
/// # #[cfg(not(feature = "login"))]
/// # fn main() {}
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerError(Reason);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Unreadable(String),
    BitsBehindPrefix(String, IpNet),
    Everybody(String),
}

impl fmt::Display for PeerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Unreadable(peer) => write!(f, "`{peer}` is no IP address and no network"),
            Reason::BitsBehindPrefix(peer, network) => {
                write!(f, "`{peer}` has bits behind its prefix; use `{network}`, or the address alone")
            }
            Reason::Everybody(peer) => {
                write!(f, "`{peer}` is every address; if nobody but the proxy can connect, use `from_any_peer`")
            }
        }
    }
}

impl Error for PeerError {}

impl Peers {
    pub(crate) fn of<'a>(peers: impl IntoIterator<Item = &'a str>) -> Result<Self, PeerError> {
        peers.into_iter().map(network).collect::<Result<_, _>>().map(Self::These)
    }

    /// Whether the header of a peer counts. The address of a Unix socket's peer is not known.
    pub(crate) fn include(&self, peer: Option<IpAddr>) -> bool {
        match self {
            Self::Any => true,
            // A socket for both versions of IP shows IPv4 as `::ffff:10.0.0.1`.
            Self::These(networks) => peer
                .map(|peer| peer.to_canonical())
                .is_some_and(|peer| networks.iter().any(|network| network.contains(&peer))),
        }
    }
}

fn network(text: &str) -> Result<IpNet, PeerError> {
    let address = text.parse().map(|address: IpAddr| IpNet::from(address));
    let network = address.or_else(|_| text.parse::<IpNet>());
    let network = network.map_err(|_| PeerError(Reason::Unreadable(text.to_owned())))?;
    if network.trunc() != network {
        return Err(PeerError(Reason::BitsBehindPrefix(text.to_owned(), network.trunc())));
    }
    let network = canonical(network);
    if network.prefix_len() == 0 {
        return Err(PeerError(Reason::Everybody(text.to_owned())));
    }
    Ok(network)
}

/// The same network, as IPv4 if all its addresses are.
fn canonical(network: IpNet) -> IpNet {
    let IpNet::V6(v6) = network else { return network };
    let v4 = v6.addr().to_ipv4_mapped().zip(v6.prefix_len().checked_sub(96));
    v4.and_then(|(address, prefix)| Ipv4Net::new(address, prefix).ok()).map_or(network, IpNet::V4)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn include(peers: &[&str], peer: &str) -> bool {
        Peers::of(peers.iter().copied()).unwrap().include(Some(peer.parse().unwrap()))
    }

    #[test]
    fn addresses_and_networks_of_both_versions_are_compared() {
        let peers = ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "::1"];
        for peer in ["10.0.0.0", "10.255.255.255", "192.0.2.1", "2001:db8:ffff::1", "::1"] {
            assert!(include(&peers, peer), "{peer}");
        }
        for peer in ["9.255.255.255", "11.0.0.0", "192.0.2.2", "2001:db9::", "::2", "127.0.0.1", "0.0.0.0", "::"] {
            assert!(!include(&peers, peer), "{peer}");
        }
    }

    #[test]
    fn an_address_of_ipv4_is_the_same_in_ipv6() {
        for peers in ["10.0.0.0/8", "::ffff:10.0.0.0/104"] {
            for peer in ["10.1.2.3", "::ffff:10.1.2.3"] {
                assert!(include(&[peers], peer), "{peers} {peer}");
            }
            for peer in ["11.1.2.3", "::ffff:11.1.2.3", "::10.1.2.3", "64:ff9b::10.1.2.3"] {
                assert!(!include(&[peers], peer), "{peers} {peer}");
            }
        }
        assert!(include(&["::ffff:192.0.2.1"], "192.0.2.1") && include(&["192.0.2.1"], "::ffff:192.0.2.1"));
    }

    #[test]
    fn a_list_without_peers_includes_nobody_and_an_unknown_peer_is_in_no_list() {
        assert!(!include(&[], "127.0.0.1"));
        assert!(!Peers::of(["127.0.0.1"]).unwrap().include(None));
        assert!(Peers::Any.include(None) && Peers::Any.include(Some([192, 0, 2, 1].into())));
    }

    #[test]
    fn whatever_is_no_network_is_an_error() {
        for peer in [
            "",
            " ",
            "localhost",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/8 ",
            "10.0.0",
            "010.0.0.1",
            "10.0.0.1:80",
            "[::1]",
            "::1%lo",
            "::/129",
            "10.0.0.0/255.0.0.0",
            "*",
            "10.*",
            "10.0.0.0/8,::1",
            "10.0.0.1/8",
            "2001:db8::1/32",
            "::ffff:10.0.0.1/104",
            "0.0.0.0/0",
            "::/0",
            "::ffff:0.0.0.0/96",
        ] {
            assert!(Peers::of(["::1", peer]).is_err(), "{peer}");
        }
    }
}
