//! Where a request comes from: the peer of its connection, or what a proxy of the service says. A request comes in, an address goes
//! out.

mod hops;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, header::FORWARDED, request::Parts},
};

use crate::peers::{PeerError, Peers};

/// How to tell from which address a request comes. The [`Throttle`](crate::login::Throttle) counts attempts by it.
///
/// Anybody can send a header, so a header counts only from the proxies that the service names, and only one kind of header. Each proxy
/// adds the address of its own client at the right end. So the client is the right-most address that is not one of these proxies.
/// What stands further left may be invented, and is not read. An entry that is no address, such as `unknown`, comes from a proxy that
/// does not tell: then the address is that of this proxy.
///
/// The peer is the address that the connection comes from, so serve the router with
/// `into_make_service_with_connect_info::<SocketAddr>()`.
///
/// ```
/// use std::net::SocketAddr;
/// use axum::{extract::ConnectInfo, http::Request};
/// use axum_scopes::login::ClientAddress;
///
/// let addresses = ClientAddress::x_forwarded_for(["10.0.0.0/8"])?;
/// for (peer, expected) in [("10.1.2.3:4000", "192.0.2.1"), ("198.51.100.7:4000", "198.51.100.7")] {
///     let peer = ConnectInfo(peer.parse::<SocketAddr>()?);
///     let request = Request::get("/").header("x-forwarded-for", "6.6.6.6, 192.0.2.1, 10.0.0.9").extension(peer);
///     let (parts, ()) = request.body(())?.into_parts();
///     assert_eq!(addresses.of(&parts), Some(expected.parse()?));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClientAddress(Source);

#[derive(Clone, Debug)]
enum Source {
    Peer,
    Header { form: Form, proxies: Peers },
}

/// The form of a header that names clients.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// `192.0.2.1, 2001:db8::1`.
    Addresses,
    /// `for=192.0.2.1;proto=https, for="[2001:db8::1]:4711"` (RFC 7239).
    Forwarded,
}

impl ClientAddress {
    /// The peer of the connection. Behind a proxy it is the same address for everybody.
    ///
    /// ```
    /// use std::net::SocketAddr;
    /// use axum::{extract::ConnectInfo, http::Request};
    /// use axum_scopes::login::ClientAddress;
    ///
    /// let peer = ConnectInfo("192.0.2.1:4000".parse::<SocketAddr>()?);
    /// let (parts, ()) = Request::get("/").header("x-forwarded-for", "6.6.6.6").extension(peer).body(())?.into_parts();
    /// assert_eq!(ClientAddress::peer().of(&parts), Some("192.0.2.1".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn peer() -> Self {
        Self(Source::Peer)
    }

    /// `X-Forwarded-For` of these proxies: addresses, and networks such as `10.0.0.0/8`. They have to add to the header, or replace
    /// it.
    ///
    /// # Errors
    ///
    /// [`PeerError`] if one is neither.
    ///
    /// ```
    /// # use axum_scopes::login::ClientAddress;
    /// assert!(ClientAddress::x_forwarded_for(["10.0.0.0/8", "::1"]).is_ok());
    /// assert!(ClientAddress::x_forwarded_for(["proxy.internal"]).is_err());
    /// ```
    pub fn x_forwarded_for<'a>(proxies: impl IntoIterator<Item = &'a str>) -> Result<Self, PeerError> {
        Ok(Self(Source::Header { form: Form::Addresses, proxies: Peers::of(proxies)? }))
    }

    /// `Forwarded` of these proxies (RFC 7239): addresses, and networks such as `10.0.0.0/8`. They have to add to the header, or
    /// replace it.
    ///
    /// # Errors
    ///
    /// [`PeerError`] if one is neither.
    ///
    /// ```
    /// use std::net::SocketAddr;
    /// use axum::{extract::ConnectInfo, http::Request};
    /// use axum_scopes::login::ClientAddress;
    ///
    /// let addresses = ClientAddress::forwarded(["::1"])?;
    /// let peer = ConnectInfo("[::1]:4000".parse::<SocketAddr>()?);
    /// let request = Request::get("/").header("forwarded", r#"for="[2001:db8::1]:4711";proto=https"#).extension(peer);
    /// let (parts, ()) = request.body(())?.into_parts();
    /// assert_eq!(addresses.of(&parts), Some("2001:db8::1".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn forwarded<'a>(proxies: impl IntoIterator<Item = &'a str>) -> Result<Self, PeerError> {
        Ok(Self(Source::Header { form: Form::Forwarded, proxies: Peers::of(proxies)? }))
    }

    /// Believes the right-most entry of the header, whoever connects. Use it only if nobody but one proxy can connect, for example by a
    /// Unix socket, whose peers have no address. Anybody else who reaches the service has every address.
    ///
    /// ```
    /// use axum::http::Request;
    /// use axum_scopes::login::ClientAddress;
    ///
    /// let addresses = ClientAddress::x_forwarded_for([])?.from_any_peer();
    /// let (parts, ()) = Request::get("/").header("x-forwarded-for", "6.6.6.6, 192.0.2.1").body(())?.into_parts();
    /// assert_eq!(addresses.of(&parts), Some("192.0.2.1".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_any_peer(self) -> Self {
        Self(match self.0 {
            Source::Peer => Source::Peer,
            Source::Header { form, .. } => Source::Header { form, proxies: Peers::Any },
        })
    }

    /// The address from which a request comes. `None` if nobody knows the peer, and no header counts.
    ///
    /// ```
    /// # use axum_scopes::login::ClientAddress;
    /// let (parts, ()) = axum::http::Request::get("/").body(())?.into_parts();
    /// assert_eq!(ClientAddress::peer().of(&parts), None);
    /// # Ok::<(), axum::http::Error>(())
    /// ```
    #[must_use]
    pub fn of(&self, parts: &Parts) -> Option<IpAddr> {
        let peer = parts.extensions.get().map(|ConnectInfo(peer): &ConnectInfo<SocketAddr>| peer.ip().to_canonical());
        match &self.0 {
            Source::Peer => peer,
            Source::Header { form, proxies } => form.client(&parts.headers, peer, proxies),
        }
    }
}

/// The peer.
impl Default for ClientAddress {
    fn default() -> Self {
        Self::peer()
    }
}

impl Form {
    const fn header(self) -> HeaderName {
        match self {
            Self::Addresses => HeaderName::from_static("x-forwarded-for"),
            Self::Forwarded => FORWARDED,
        }
    }

    /// Goes from the peer to the left, for as long as who speaks is a proxy of the service.
    fn client(self, headers: &HeaderMap, peer: Option<IpAddr>, proxies: &Peers) -> Option<IpAddr> {
        let mut client = peer;
        if !proxies.include(peer) {
            return client;
        }
        let header = self.header();
        // A proxy may add a line of its own below the others.
        let lines = headers.get_all(header).iter().rev();
        for entry in lines.flat_map(|line| hops::from_the_right(line.as_bytes())) {
            let address = match self {
                Self::Addresses => hops::address(entry),
                Self::Forwarded => hops::address_in_element(entry),
            };
            let Some(address) = address else { return client };
            client = Some(address);
            // All peers are the one proxy, and it has said who its client is.
            if matches!(proxies, Peers::Any) || !proxies.include(client) {
                return client;
            }
        }
        client
    }
}
