//! The key that tokens are signed with, and where the service may listen because of it: while the key is the published one,
//! at addresses of this machine alone.

use std::{
    env::{self, VarError},
    net::SocketAddr,
};

use axum_scopes::HmacKey;
use tokio::net::{TcpListener, lookup_host};

use crate::app::PUBLISHED_SECRET;

/// The key, and whether everybody can know it.
pub struct SigningKey {
    pub key: HmacKey,
    is_published: bool,
}

impl SigningKey {
    /// `SECRET_KEY`, or without it the published key.
    pub fn from_env() -> Result<Self, String> {
        match env::var("SECRET_KEY") {
            Ok(secret) => Self::secret(&secret),
            Err(VarError::NotUnicode(_)) => Err(not_a_key()),
            Err(VarError::NotPresent) => {
                tracing::warn!("the key is a published one; set SECRET_KEY (`openssl rand -hex 32` prints one)");
                Self::published()
            }
        }
    }

    /// The key that everybody knows.
    pub fn published() -> Result<Self, String> {
        let key = HmacKey::dangerous_even_if_public(PUBLISHED_SECRET).map_err(|error| error.to_string())?;
        Ok(Self { key, is_published: true })
    }

    /// As in FastAPI's tutorial, the key is the text itself, as `openssl rand -hex 32` prints it.
    pub fn secret(text: &str) -> Result<Self, String> {
        if text.len() < 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(not_a_key());
        }
        let key = HmacKey::new(text).map_err(|error| format!("SECRET_KEY is no key: {error}"))?;
        Ok(Self { key, is_published: false })
    }

    /// Listens at `address`, unless others can reach it and could sign tokens.
    pub async fn listen(&self, address: &str) -> Result<TcpListener, String> {
        let cannot = |error| format!("cannot listen on {address} ({error}); choose another with LISTEN");
        // A name is looked up once: what is checked is what is listened on.
        let addresses: Vec<_> = lookup_host(address).await.map_err(cannot)?.collect();
        addresses.iter().try_for_each(|address| self.check(*address))?;
        TcpListener::bind(addresses.as_slice()).await.map_err(cannot)
    }

    /// Refuses an address that other machines can reach while the key is the published one.
    pub fn check(&self, address: SocketAddr) -> Result<(), String> {
        if !self.is_published || address.ip().to_canonical().is_loopback() {
            return Ok(());
        }
        Err(format!(
            "will not listen on {address}, where others can reach it: tokens are signed with a key that is published, so \
             anybody could sign one. Set SECRET_KEY to a key of your own (`openssl rand -hex 32` prints one), or LISTEN to \
             an address of this machine alone, say 127.0.0.1:8000"
        ))
    }
}

/// Says nothing of the value, which may be a key with a slip of the pen.
fn not_a_key() -> String {
    "SECRET_KEY is not 32 bytes or more in hexadecimal; `openssl rand -hex 32` prints one".to_owned()
}
