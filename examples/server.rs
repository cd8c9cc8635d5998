//! What every example does beside its subject: log, listen, stop.

use std::{
    env,
    io::{self, IsTerminal},
};

use axum::Router;
use tokio::net::TcpListener;

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
/// Where the address is taken or is none.
pub async fn serve(router: Router, hints: impl FnOnce(&str) -> String) -> io::Result<()> {
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());
    let listener = TcpListener::bind(&address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address} ({error}); choose another with LISTEN"))
    })?;
    let url = format!("http://{}", listener.local_addr()?);
    tracing::info!("listening on {url}");
    println!("{}", hints(&url));
    axum::serve(listener, router).with_graceful_shutdown(stopped()).await?;
    tracing::info!("stopped");
    Ok(())
}

async fn stopped() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "cannot wait for Ctrl-C");
        std::future::pending::<()>().await;
    }
}
