//! The endpoint of the server, with the scopes of its tools.

use axum::middleware::from_fn_with_state;
use axum_scopes::{mcp::Endpoint, secure::Router};
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use crate::{
    auth::{Verifier, reader, writer},
    config::Config,
    sessions::{Sessions, only_ones_own},
    tools::{Notes, Server},
};

/// Which function decides about which tool. A tool that is not here is refused, whatever rmcp has.
pub fn endpoint() -> Endpoint<reader, Verifier> {
    Endpoint::new().tool::<reader>("read_notes").tool::<writer>("write_note")
}

/// The endpoint, and the server behind it.
pub fn routes(config: &Config) -> Router<Verifier> {
    let (notes, sessions) = (Notes::default(), Sessions::default());
    // Browsers say from which page a request comes. Only pages of this server may call it.
    let settings = StreamableHttpServerConfig::default()
        .with_allowed_hosts([config.host(), config.listen.as_str()])
        .with_allowed_origins([config.public_url.as_str()]);
    let manager = sessions.manager.clone();
    let server = StreamableHttpService::new(move || Ok(Server::new(notes.clone())), manager, settings);
    let server = axum::Router::new().fallback_service(server).layer(from_fn_with_state(sessions, only_ones_own));
    Router::new().route("/mcp", endpoint().serve(server))
}
