//! A proxy whose connections are cut at once, in both directions, wherever in a request or an answer they are.

use std::{
    io,
    net::SocketAddr,
    sync::Arc,
    sync::atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// A proxy in front of one address.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    cut: Notify,
    connections: AtomicUsize,
}

impl Proxy {
    pub async fn start(to: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let proxy = Self { address: listener.local_addr()?, shared: Arc::default() };
        let shared = Arc::clone(&proxy.shared);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, to, Arc::clone(&shared)));
            }
        });
        Ok(proxy)
    }

    /// Cuts all connections, and returns their number.
    pub fn cut(&self) -> usize {
        self.shared.cut.notify_waiters();
        self.shared.connections.load(Ordering::SeqCst)
    }
}

async fn pass(mut client: TcpStream, to: SocketAddr, shared: Arc<Shared>) {
    shared.connections.fetch_add(1, Ordering::SeqCst);
    let passed = async {
        let mut server = TcpStream::connect(to).await?;
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        copy_bidirectional(&mut client, &mut server).await
    };
    tokio::select! {
        _ = passed => {}
        () = shared.cut.notified() => {}
    }
    shared.connections.fetch_sub(1, Ordering::SeqCst);
}
