//! The service of FastAPI's tutorial on OAuth2 scopes: the same routes, users and answers.
//!
//! ```sh
//! cargo run --example tutorial                     # prints how to log in here
//! curl -i http://127.0.0.1:8000/docs               # in a browser: log in, tick scopes, try
//! curl -i http://127.0.0.1:8000/token -d 'username=johndoe&password=secret&scope=me items'
//! curl -i http://127.0.0.1:8000/users/me/       -H "Authorization: Bearer …"    # needs `me`
//! curl -i http://127.0.0.1:8000/users/me/items/ -H "Authorization: Bearer …"    # needs `items` and `me`
//! curl -i http://127.0.0.1:8000/status/         -H "Authorization: Bearer …"    # needs a token, whatever its scopes
//! ```
//!
//! In a crate of your own, this folder is `src`, without its tests, which ask by a crate of this repository. It needs:
//!
//! ```sh
//! cargo add axum
//! cargo add axum-scopes --features swagger-ui,utoipa
//! cargo add serde --features derive
//! cargo add tokio --features full
//! cargo add tracing
//! cargo add tracing-subscriber
//! cargo add utoipa
//! ```
//!
//! `LISTEN` is the address, `SECRET_KEY` what tokens are signed with. Without it the key is the one that FastAPI's tutorial
//! prints, and only an address of this machine alone is listened on.

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

mod app;
mod auth;
mod key;
mod routes;
mod slashes;
#[cfg(test)]
mod tests;
mod users;

use std::{env, error::Error};

use axum_scopes::Tree;

use crate::{app::App, key::SigningKey};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt::init();
    let key = SigningKey::from_env()?;
    let router = routes::router(App::new(&key.key))?;
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());
    let listener = key.listen(&address).await?;
    println!("{}", hints(&format!("http://{}", listener.local_addr()?)));
    axum::serve(listener, router.into_router()).await?;
    Ok(())
}

fn hints(url: &str) -> String {
    let tree = Tree::of::<routes::read_own_items>();
    format!(
        "\n\
         Open {url}/docs in a browser, log in as `johndoe` with password `secret`, and try.\n\n\
         Or log in here, then use the token; leave out a scope to see a refusal:\n\n  \
         TOKEN=$(curl -s {url}/token -d 'username=johndoe&password=secret&scope=me items' | \
         sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\n  \
         curl -i {url}/users/me/ -H \"Authorization: Bearer $TOKEN\"\n  \
         curl -i {url}/users/me/items/ -H \"Authorization: Bearer $TOKEN\"\n  \
         curl -i {url}/status/ -H \"Authorization: Bearer $TOKEN\"\n\n\
         What the items need, as the compiler merged it:\n\n{tree}"
    )
}
