//! A listener that ends TLS: connections come in, streams and the certificates of their clients go out.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    extract::{ConnectInfo, Request, connect_info::Connected},
    serve::{IncomingStream, Listener},
};
use axum_scopes::credential::ClientCertificate;
use tokio::{
    net::{TcpListener, TcpStream, ToSocketAddrs},
    sync::{Semaphore, mpsc},
    time::{sleep, timeout},
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};

const HANDSHAKE: Duration = Duration::from_secs(10);

/// Each handshake takes memory, so there are at most as many.
const MOST_HANDSHAKES: usize = 1024;

/// The client of a connection.
#[derive(Clone, Debug)]
pub struct Peer {
    pub address: SocketAddr,
    pub certificate: Option<ClientCertificate>,
}

pub struct TlsListener {
    accepted: mpsc::Receiver<(TlsStream<TcpStream>, Peer)>,
    address: SocketAddr,
}

impl TlsListener {
    /// Listens at `address`. The configuration says which certificates are asked for.
    pub async fn bind(address: impl ToSocketAddrs, config: ServerConfig) -> io::Result<Self> {
        let tcp = TcpListener::bind(address).await?;
        let address = tcp.local_addr()?;
        let (sender, accepted) = mpsc::channel(64);
        tokio::spawn(accept(tcp, TlsAcceptor::from(Arc::new(config)), sender));
        Ok(Self { accepted, address })
    }
}

/// Accepts connections, each in a task of its own, so that a slow handshake holds up nobody else.
async fn accept(tcp: TcpListener, acceptor: TlsAcceptor, sender: mpsc::Sender<(TlsStream<TcpStream>, Peer)>) {
    let handshakes = Arc::new(Semaphore::new(MOST_HANDSHAKES));
    // It ends with the listener, at the next connection.
    while let Ok(permit) = handshakes.clone().acquire_owned().await
        && !sender.is_closed()
    {
        let Ok((stream, address)) = tcp.accept().await else {
            // Too many files are open, and some will be closed.
            sleep(Duration::from_secs(1)).await;
            continue;
        };
        let (acceptor, sender) = (acceptor.clone(), sender.clone());
        tokio::spawn(async move {
            let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(stream)).await else { return };
            // Of a chain, the first is the client's own.
            let certificate = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
            let certificate = certificate.map(|der| ClientCertificate::of_der(der));
            drop(permit);
            // The listener is gone, and the connection with it.
            let _ = sender.send((stream, Peer { address, certificate })).await;
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = Peer;

    async fn accept(&mut self) -> (Self::Io, Peer) {
        match self.accepted.recv().await {
            Some(accepted) => accepted,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Peer> {
        Ok(Peer { address: self.address, certificate: None })
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        stream.remote_addr().clone()
    }
}

/// Puts the certificate of the connection where `CertificateVerifier` looks for it.
pub async fn name_certificate(mut request: Request) -> Request {
    let peer = request.extensions().get::<ConnectInfo<Peer>>();
    if let Some(certificate) = peer.and_then(|ConnectInfo(peer)| peer.certificate.clone()) {
        request.extensions_mut().insert(certificate);
    }
    request
}
