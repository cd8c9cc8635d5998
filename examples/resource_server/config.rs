//! What is configured when the service starts: the environment in, or what is wrong with it for whoever starts it.

use axum_scopes::resource::{ResourceMetadata, UrlError};

/// The issuer whose tokens are accepted, and this API as tokens and clients know it.
pub struct Config {
    pub issuer: String,
    pub audience: String,
    /// Empty where nobody is to log in from the docs page.
    pub client_id: String,
    /// Checked, and made of the others.
    pub resource: ResourceMetadata,
    /// The address that the service listens at.
    pub listen: String,
}

const EXAMPLE: &str = "For instance:\n\n  ISSUER=https://id.example.com AUDIENCE=https://api.example.com cargo run --example resource_server\n";

impl Config {
    /// Reads the variables by `variable`.
    pub fn from_env(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let needed = |name: &str, what: &str| {
            let value = variable(name).filter(|value| !value.is_empty());
            value.ok_or_else(|| format!("{name} is missing: {what}.\n\n{EXAMPLE}"))
        };
        let issuer = needed("ISSUER", "the URL of the OpenID provider, exactly as its tokens name it")?;
        let audience = needed("AUDIENCE", "the URL of this API, as the `aud` of tokens names it")?;
        let wrong = |name: &str, value: &str, error: UrlError| {
            format!("{name} is `{value}`, which is {error}; plain `http` is for this machine.\n\n{EXAMPLE}")
        };
        let resource = ResourceMetadata::new(&audience).map_err(|error| wrong("AUDIENCE", &audience, error))?;
        let resource = resource.authorization_servers([issuer.as_str()]);
        let resource = resource.map_err(|error| wrong("ISSUER", &issuer, error))?.name("Notes");
        let client_id = variable("CLIENT_ID").unwrap_or_default();
        let listen = variable("LISTEN").unwrap_or_else(|| "127.0.0.1:8000".to_owned());
        Ok(Self { issuer, audience, client_id, resource, listen })
    }
}
