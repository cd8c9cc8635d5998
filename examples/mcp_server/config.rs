//! What is configured when the server starts: the environment comes in, and what is wrong with it goes out, for whoever starts it.

use axum_scopes::resource::{ResourceMetadata, UrlError};

/// The issuer whose tokens are accepted, and this server as clients know it.
pub struct Config {
    pub issuer: String,
    /// The origin, without a slash at its end.
    pub public_url: String,
    /// The address that the server listens at.
    pub listen: String,
    pub dpop_nonce: bool,
    /// Checked, and made of the others.
    pub resource: ResourceMetadata,
}

const EXAMPLE: &str = "For instance:\n\n  ISSUER=https://id.example.com cargo run --example mcp_server\n";

impl Config {
    /// Reads the variables by `variable`.
    pub fn from_env(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let missing = || {
            format!("ISSUER is missing: the URL of the OpenID provider, exactly as its tokens name it.\n\n{EXAMPLE}")
        };
        let issuer = variable("ISSUER").ok_or_else(missing)?;
        let listen = variable("LISTEN").unwrap_or_else(|| "127.0.0.1:8000".to_owned());
        let public_url = variable("PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        let wrong = |name: &str, value: &str, error: UrlError| {
            format!("{name} is `{value}`, which is {error}; plain `http` is for this machine.\n\n{EXAMPLE}")
        };
        let resource = ResourceMetadata::new(&format!("{public_url}/mcp"));
        let resource = resource.map_err(|error| wrong("PUBLIC_URL", &public_url, error))?;
        let resource = resource.authorization_servers([issuer.as_str()]);
        let resource = resource.map_err(|error| wrong("ISSUER", &issuer, error))?.name("Notes").cors();
        let dpop_nonce = variable("DPOP_NONCE").is_some_and(|value| value == "1");
        Ok(Self { issuer, public_url, listen, dpop_nonce, resource })
    }

    /// What the tokens for this server have as `aud`.
    pub fn audience(&self) -> String {
        format!("{}/mcp", self.public_url)
    }

    /// Host and port, as requests name them.
    pub fn host(&self) -> &str {
        self.public_url.split_once("://").map_or("", |(_, host)| host)
    }
}
