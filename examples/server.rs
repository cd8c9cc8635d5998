//! What every example does beside its subject: log, take its key from the environment, listen, stop. And how paths are
//! redirected as FastAPI does it, to be copied.

#[path = "server/keys.rs"]
mod keys;
#[path = "server/slashes.rs"]
mod slashes;

use std::{
    env,
    error::Error,
    fmt,
    io::{self, IsTerminal},
};

use axum::Router;
use axum_scopes::jose::KeyError;
use tokio::net::{TcpListener, lookup_host};

pub use self::{
    keys::{Keys, signing_key},
    slashes::redirect_slashes,
};

/// Why an example does not run, for whoever started it.
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same text, because this is what Rust prints where `main` returns an error.
impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for StartError {}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<KeyError> for StartError {
    fn from(error: KeyError) -> Self {
        Self(error.to_string())
    }
}

/// Writes log lines to standard error; `RUST_LOG` chooses which.
pub fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let colours = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours).init();
}

/// Serves at `LISTEN`, by default `127.0.0.1:8000`, until Ctrl-C; `hints` says what to try, given the server's URL.
///
/// # Errors
///
/// Where the address is taken or is none, and where others can reach it although everybody knows the keys.
pub async fn serve(router: Router, keys: Keys, hints: impl FnOnce(&str) -> String) -> Result<(), StartError> {
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());
    let listener = listen(&address, keys).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tracing::info!("listening on {url}");
    println!("{}", hints(&url));
    axum::serve(listener, router).with_graceful_shutdown(stopped()).await?;
    tracing::info!("stopped");
    Ok(())
}

/// A name is looked up once: what was checked is what is listened on.
async fn listen(address: &str, keys: Keys) -> Result<TcpListener, StartError> {
    let cannot = |error| StartError(format!("cannot listen on {address} ({error}); choose another with LISTEN"));
    let addresses: Vec<_> = lookup_host(address).await.map_err(cannot)?.collect();
    addresses.iter().try_for_each(|address| keys::check(keys, *address))?;
    TcpListener::bind(addresses.as_slice()).await.map_err(cannot)
}

async fn stopped() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "cannot wait for Ctrl-C");
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[tokio::test]
    async fn the_address_is_judged_before_anything_listens() {
        for address in ["127.0.0.1:0", "localhost:0"] {
            let listener = listen(address, Keys::Published).await.unwrap();
            assert!(listener.local_addr().unwrap().ip().is_loopback(), "{address}");
        }
        for address in ["0.0.0.0:0", "[::]:0"] {
            let error = listen(address, Keys::Published).await.unwrap_err().to_string();
            assert!(error.contains("will not listen on"), "{error}");
            assert!(listen(address, Keys::Written).await.is_err(), "{address}");
        }
        assert!(listen("0.0.0.0:0", Keys::Secret).await.is_ok());
        for none in ["", "8000", "127.0.0.1", "no such host:80"] {
            let error = listen(none, Keys::Secret).await.unwrap_err().to_string();
            assert!(error.contains("choose another with LISTEN"), "{error}");
        }
    }
}
