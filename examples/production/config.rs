//! What is configured when the service starts: the environment in, or what is wrong with it for whoever starts it.

use std::{net::IpAddr, str::FromStr, time::Duration};

use axum_scopes::login::{ClientAddress, store::Limit};

/// All that differs from one place to another.
#[derive(Clone)]
pub struct Config {
    /// Where everything is kept.
    pub database_url: String,
    /// The address that the service listens at.
    pub listen: String,
    /// The origin that clients know: the issuer of the tokens, and their audience.
    pub public_url: String,
    /// The address where `/metrics` is served. `None` where nobody asks for it.
    pub metrics_listen: Option<String>,
    /// The file with the private keys that sign tokens.
    pub signing_keys: String,
    /// The secret of the service, in place of the file `production-secret`.
    pub secret_key: Option<String>,
    /// Who says where a request comes from.
    pub addresses: ClientAddress,
    /// Whether requests come through a proxy.
    is_behind_proxy: bool,
    /// The secret of the client `reports`. Without it there is no such client.
    pub client_secret: Option<String>,
    pub timing: Timing,
    /// Whether the log is for a machine.
    pub log_json: bool,
}

/// How long things last, and how often.
#[derive(Clone, Copy)]
pub struct Timing {
    pub access_token: Duration,
    /// How long a refresh token may be used again after its answer was lost.
    pub grace: Duration,
    /// A replica that has not been told for so long which sessions have ended lets nobody in.
    pub max_staleness: Duration,
    /// How many logins of an account may fail.
    pub attempts: Limit,
}

/// Reads a variable.
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Config {
    /// Reads the variables by `variable`.
    pub fn from_env(variable: Variable<'_>) -> Result<Self, String> {
        let text = |name: &str, default: &str| variable(name).unwrap_or_else(|| default.to_owned());
        let listen = text("LISTEN", "127.0.0.1:8000");
        Ok(Self {
            database_url: text("DATABASE_URL", "sqlite:production.db"),
            public_url: match variable("PUBLIC_URL") {
                Some(url) => public_url(&url)?,
                None => url_of(&listen)?,
            },
            metrics_listen: variable("METRICS_LISTEN"),
            signing_keys: text("SIGNING_KEYS", "production-keys.json"),
            secret_key: variable("SECRET_KEY"),
            addresses: addresses(variable("TRUSTED_PROXIES").as_deref())?,
            is_behind_proxy: variable("TRUSTED_PROXIES").is_some(),
            client_secret: variable("CLIENT_SECRET"),
            timing: Timing::from_env(variable)?,
            log_json: log_json(&text("LOG_FORMAT", "text"))?,
            listen,
        })
    }

    /// Whether only this machine reaches the service, also by its name.
    pub fn is_for_this_machine(&self) -> bool {
        let origin = self.public_url.split_once("://").map_or("", |(_, authority)| authority);
        is_loopback(origin) && is_loopback(&self.listen) && !self.is_behind_proxy
    }
}

impl Timing {
    fn from_env(variable: Variable<'_>) -> Result<Self, String> {
        let seconds = |name: &str, default: u32| number(variable, name, default).map(|n| Duration::from_secs(n.into()));
        Ok(Self {
            access_token: at_most_an_hour(seconds("ACCESS_TOKEN_SECONDS", 5 * 60)?)?,
            grace: seconds("REFRESH_GRACE_SECONDS", 10)?,
            max_staleness: seconds("MAX_STALENESS_SECONDS", 60)?,
            attempts: Limit {
                burst: number(variable, "LOGIN_ATTEMPTS", 5)?,
                period: seconds("LOGIN_ATTEMPT_SECONDS", 30)?,
            },
        })
    }
}

/// The peer of the connection, or what trusted proxies say of their own.
fn addresses(proxies: Option<&str>) -> Result<ClientAddress, String> {
    let Some(proxies) = proxies else { return Ok(ClientAddress::peer()) };
    let addresses = ClientAddress::x_forwarded_for(proxies.split(',').map(str::trim));
    addresses.map_err(|error| format!("TRUSTED_PROXIES is `{proxies}`, which has no address or network: {error}"))
}

/// A number above zero.
fn number(variable: Variable<'_>, name: &str, default: u32) -> Result<u32, String> {
    let Some(text) = variable(name) else {
        return Ok(default);
    };
    let number = u32::from_str(&text).ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("{name} is `{text}`, which is not a number above zero"))
}

/// The library makes no token that lives longer.
fn at_most_an_hour(lifetime: Duration) -> Result<Duration, String> {
    match lifetime <= Duration::from_secs(60 * 60) {
        true => Ok(lifetime),
        false => Err("ACCESS_TOKEN_SECONDS is more than 3600, an hour, which is the most".to_owned()),
    }
}

fn log_json(format: &str) -> Result<bool, String> {
    match format {
        "json" => Ok(true),
        "text" => Ok(false),
        _ => Err(format!("LOG_FORMAT is `{format}`, which is neither `text` nor `json`")),
    }
}

/// The origin of a service that only this machine reaches.
fn url_of(listen: &str) -> Result<String, String> {
    match is_loopback(listen) {
        true => Ok(format!("http://{listen}")),
        false => Err(format!(
            "LISTEN is `{listen}`, where others can reach the service, so PUBLIC_URL has to say the origin that clients know, \
             such as https://api.example.com"
        )),
    }
}

/// An origin, `https` unless it is one of this machine.
fn public_url(url: &str) -> Result<String, String> {
    let wrong = |what: &str| Err(format!("PUBLIC_URL is `{url}`, which {what}; say https://api.example.com"));
    let Some((scheme, authority)) = url.split_once("://") else {
        return wrong("is no URL");
    };
    if authority.is_empty() || authority.contains(['/', '?', '#', '@', ' ']) {
        return wrong("is not just an origin");
    }
    match scheme {
        "https" => Ok(url.to_owned()),
        "http" if is_loopback(authority) => Ok(url.to_owned()),
        _ => wrong("does not begin with https://, although it is not of this machine alone"),
    }
}

/// Whether `HOST` or `HOST:PORT` is of this machine alone.
pub fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || IpAddr::from_str(host).is_ok_and(|address| address.to_canonical().is_loopback())
}
