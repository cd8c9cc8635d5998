//! The tutorial, grown up: a service with users of its own, whose logins last, end, and can be taken back. SQLite in a file, or
//! Postgres.
//!
//! ```sh
//! cargo run --example production                   # prints how to log in here
//! curl -i http://127.0.0.1:8000/docs               # in a browser: log in, tick scopes, try
//! curl -i http://127.0.0.1:8000/app                # in a browser: a page whose session is in a cookie
//! curl -i http://127.0.0.1:8000/token -d 'grant_type=password&username=johndoe&password=secret&scope=me items account'
//! curl -i http://127.0.0.1:8000/token -d 'grant_type=refresh_token&refresh_token=…'    # a new access token, and the next refresh token
//! curl -i http://127.0.0.1:8000/users/me/       -H "Authorization: Bearer …"    # needs `me`
//! curl -i http://127.0.0.1:8000/users/me/items/ -H "Authorization: Bearer …"    # needs `items` and `me`
//! curl -i http://127.0.0.1:8000/users/me/items/ -H "X-Personal-Token: …"        # the same, with a personal token
//!
//! # These two need `account`. The second one ends all other sessions, and deletes the personal tokens.
//! curl -i http://127.0.0.1:8000/users/me/tokens/ -H "Authorization: Bearer …" \
//!     -H 'content-type: application/json' -d '{"name":"Backup","scope":"items me","days":30}'
//! curl -i http://127.0.0.1:8000/users/me/password -H "Authorization: Bearer …" \
//!     -H 'content-type: application/json' -d '{"current":"secret","new":"correct horse battery"}'
//!
//! curl -i http://127.0.0.1:8000/users/me/logout -X POST -H "Authorization: Bearer …"   # ends the session
//! curl -i http://127.0.0.1:8000/revoke -d 'token=…'    # the same, for whoever has one of its tokens (RFC 7009)
//! curl -i http://127.0.0.1:8000/health/ready       # 503 while the database does not answer
//!
//! echo 'correct horse battery' | cargo run --example production add-user amy 'me items account'
//! cargo run --example production disable-user amy  # ends her sessions, and deletes her personal tokens
//! cargo run --example production rotate-keys       # say once a month; the new key signs an hour later
//! ```
//!
//! | variable | is | without it |
//! |---|---|---|
//! | `LISTEN` | the address | `127.0.0.1:8000` |
//! | `PUBLIC_URL` | the origin that clients know; `https` unless it is of this machine | `http://LISTEN` |
//! | `DATABASE_URL` | `sqlite:FILE` or `postgres://…` | `sqlite:production.db` |
//! | `SIGNING_KEYS` | the file with the private keys, a JWK Set | `production-keys.json`, made at the first start |
//! | `SECRET_KEY` | the secret of the service: `openssl rand -hex 32` prints one | the file `production-secret`, made at the first start |
//! | `CLIENT_SECRET` | the secret of the client `reports`, at least 32 random characters | there is no such client |
//! | `TRUSTED_PROXIES` | the addresses or networks of proxies whose `X-Forwarded-For` counts, such as `10.0.0.0/8` | the peer counts |
//! | `METRICS_LISTEN` | the address of `/metrics` | nobody measures |
//! | `LOG_FORMAT` | `json` for a machine | `text` |
//! | `ACCESS_TOKEN_SECONDS` | how long an access token is good for, at most 3600 | 300 |
//! | `REFRESH_GRACE_SECONDS` | how long a refresh token may be used again after a lost answer | 10 |
//! | `MAX_STALENESS_SECONDS` | how long a replica that cannot ask the database lets users in, whose sessions may have ended elsewhere | 60 |
//! | `LOGIN_ATTEMPTS` | how many logins of an account may fail at once | 5 |
//! | `LOGIN_ATTEMPT_SECONDS` | the time in which one of them comes back | 30 |
//!
//! A browser needs nothing more. In a shell, put the `access_token` and the `refresh_token` of an answer in the place of the dots.
//!
//! The tutorial's users, whose passwords everybody knows, are there only if there are no others yet, and if `LISTEN` and `PUBLIC_URL` are
//! of this machine, and there is no proxy. Such a service refuses what comes through one. Where others can reach the service, it does not
//! start with these users, and lets nobody in by their passwords.
//!
//! # Two replicas
//!
//! All replicas have the same `DATABASE_URL` of a Postgres, the same `PUBLIC_URL`, the same `SECRET_KEY`, and the same file
//! `SIGNING_KEYS`, on a volume or as a secret that is mounted. Each has a `LISTEN` and a `METRICS_LISTEN` of its own:
//!
//! ```sh
//! export DATABASE_URL=postgres://production@db.example.com/production PUBLIC_URL=https://api.example.com
//! export SIGNING_KEYS=/etc/production/keys.json SECRET_KEY=$(cat /etc/production/secret)
//! export TRUSTED_PROXIES=10.0.0.9 LOG_FORMAT=json
//! LISTEN=10.0.0.1:8000 METRICS_LISTEN=10.0.0.1:9464 production &    # on one machine
//! LISTEN=10.0.0.2:8000 METRICS_LISTEN=10.0.0.2:9464 production &    # on the other
//! ```
//!
//! The load balancer ends TLS, and sends requests to any replica for which `/health/ready` answers 200; nothing has to be sticky. Its
//! address is in `TRUSTED_PROXIES`, and it adds the client's to `X-Forwarded-For`. Clocks agree within a few seconds (NTP).
//!
//! - A session that ends at one replica has ended at the other within 6 seconds. While the database is away, tokens go on to be accepted
//!   for `MAX_STALENESS_SECONDS`. Then the replica lets nobody in. At `/health/ready` it says 503 all the time.
//! - `rotate-keys` on one machine, or where the secret is made, is enough if the file is shared. Otherwise copy it to all replicas within
//!   the hour until the new key signs. No replica has to start again.
//! - SIGTERM stops a replica: it accepts nothing new, and finishes what is under way for at most 15 seconds. So replace one after the other.
//!
//! # In a crate of your own
//!
//! This folder is `src`, without its `Cargo.toml`, and without its tests, which ask by a crate of this repository. It needs:
//!
//! ```sh
//! cargo add axum
//! cargo add axum-extra --features cookie
//! cargo add axum-scopes --features login,swagger-ui,utoipa
//! cargo add axum-scopes-sql
//! cargo add getrandom
//! cargo add metrics
//! cargo add metrics-exporter-prometheus --no-default-features
//! cargo add serde --features derive
//! cargo add sqlx --no-default-features --features any
//! cargo add tokio --features full
//! cargo add tracing
//! cargo add tracing-subscriber --features json
//! cargo add utoipa
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

mod app;
mod auth;
mod browser;
mod commands;
mod config;
mod database;
mod demo;
mod events;
mod keys;
mod metrics_page;
mod routes;
mod secrets;
mod stop;
#[cfg(test)]
mod tests;
mod this_machine;
mod users;

use std::{
    env,
    io::{self, IsTerminal},
    net::SocketAddr,
    process::ExitCode,
};

use axum_scopes::Tree;
use tokio::net::TcpListener;

use crate::{app::App, config::Config};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let config = Config::from_env(&|name| env::var(name).ok())?;
    log(&config);
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => serve(config).await,
        ["add-user", name, scopes] => commands::add_user(&config, name, scopes, &mut io::stdin().lock()).await,
        ["disable-user", name] => commands::disable_user(config, name).await,
        ["rotate-keys"] => keys::rotate(&config.signing_keys),
        _ => {
            Err("usage: production [add-user NAME SCOPES | disable-user NAME | rotate-keys]; it serves if none is said"
                .to_owned())
        }
    }
}

async fn serve(config: Config) -> Result<(), String> {
    if let Some(address) = &config.metrics_listen {
        metrics_page::serve(address).await?;
    }
    let app = App::start(config.clone()).await?;
    let (store, address) = (app.store.clone(), config.listen.clone());
    let router = routes::router(app).map_err(|error| format!("the document is wrong: {error}"))?;
    let listener = TcpListener::bind(&address).await;
    let listener =
        listener.map_err(|error| format!("cannot listen on {address} ({error}); choose another with LISTEN"))?;
    println!("{}", hints(&config));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = stop::gracefully(stop::asked(), |stop| {
        let server = axum::serve(listener, service).with_graceful_shutdown(stop.wait());
        async move { server.await }
    });
    served.await.map_err(|error| format!("stopped: {error}"))?;
    store.close().await;
    Ok(())
}

fn log(config: &Config) {
    match config.log_json {
        true => tracing_subscriber::fmt().json().flatten_event(true).init(),
        // A file or a pipe shows no colours.
        false => tracing_subscriber::fmt().with_ansi(io::stdout().is_terminal()).init(),
    }
}

fn hints(config: &Config) -> String {
    let (url, tree) = (&config.public_url, Tree::of::<routes::me::read_own_items>());
    let users = match config.is_for_this_machine() {
        true => "as `johndoe` with password `secret` (if you have not changed it)",
        false => "as a user that `add-user` has added",
    };
    let database = Some(config.database_url.as_str()).filter(|url| url.starts_with("sqlite:")).unwrap_or("Postgres");
    let secret = config.secret_key.as_ref().map_or(secrets::FILE, |_| "SECRET_KEY");
    let keys = &config.signing_keys;
    format!(
        "\n\
         Data are in {database}, signing keys in {keys}, and the secret of the service is in {secret}.\n\n\
         Open {url}/docs or {url}/app in a browser, log in {users}, and try.\n\n\
         Or log in here, then use the token; leave out a scope to see a refusal:\n\n  \
         TOKEN=$(curl -s {url}/token -d 'grant_type=password&username=johndoe&password=secret&scope=me items' | \
         sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\n  \
         curl -i {url}/users/me/ -H \"Authorization: Bearer $TOKEN\"\n  \
         curl -i {url}/users/me/items/ -H \"Authorization: Bearer $TOKEN\"\n  \
         curl -i {url}/users/me/logout -X POST -H \"Authorization: Bearer $TOKEN\"\n\n\
         What the items need, as the compiler merged it:\n\n{tree}"
    )
}
