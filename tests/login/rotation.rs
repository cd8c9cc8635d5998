//! Keys are replaced while requests come. No honest token is refused, and an old key is no good once its time is over.

use std::{
    fs, io,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum_scopes::{
    Scopes,
    login::{AccessGrant, AccessTokens, SigningKeys, store::SessionId},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    accepted::{judge, resource_server},
    check,
    http::Request,
    login::{granted, items, log_in, refresh},
    service::Service,
};

/// The private members of keys (RFC 7518 §6).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// How long the old key signs from now on, and when the new one begins. Replicas read the file every two seconds.
const OLD_SIGNS_FOR: Duration = Duration::from_secs(9);
const NEW_SIGNS_IN: Duration = Duration::from_secs(7);

/// `lifetime` is that of access tokens.
pub async fn keys_rotate_under_load(service: &Service, file: &Path, lifetime: Duration) -> io::Result<()> {
    let verifier = resource_server(service).await?;
    let to = service.replicas[0].address;
    let mut tokens = log_in(to, "johndoe", "secret").await?;
    let old = kid_of(&tokens.access);
    let forger = rotate(file)?;
    let (mut signed, mut kids) = (Vec::new(), vec![old.clone()]);
    let (mut checked, started) = (0, SystemTime::now());
    let over = OLD_SIGNS_FOR + lifetime + Duration::from_secs(4);
    while started.elapsed().unwrap_or_default() < over {
        tokens = granted(&refresh(&tokens.refresh).send(service.addresses()[checked % service.replicas.len()]).await?)?;
        signed.push((SystemTime::now(), tokens.access.clone()));
        kids.push(kid_of(&tokens.access));
        // Every token is good for its whole life, at each replica and elsewhere.
        signed.retain(|(at, _)| at.elapsed().unwrap_or_default() + Duration::from_secs(1) < lifetime);
        for (_, token) in [signed.first(), signed.last()].into_iter().flatten() {
            for address in service.addresses() {
                let answer = items(token).send(address).await?;
                check!(answer.status == 200, "an honest token of key {}: {answer:?}", kid_of(token));
                checked += 1;
            }
            judge(&verifier, token).await.map_err(io::Error::other)?;
        }
        published(service).await?;
        sleep(Duration::from_millis(20)).await;
    }
    let new = kid_of(&tokens.access);
    check!(new != old && kids.contains(&new), "the keys have not rotated");
    check!(!published(service).await?.contains(&old), "the old key is still published");
    // Whoever has stolen the old key can sign, and nobody listens.
    let forged = forged(&forger, service)?;
    check!(kid_of(&forged) == old, "the forged token is of another key");
    for address in service.addresses() {
        let answer = items(&forged).send(address).await?;
        check!(answer.status == 401, "a token of the old key: {answer:?}");
    }
    println!(
        "rotation: {} tokens signed by two keys, {checked} calls, none refused; the old key is not good any more",
        kids.len()
    );
    Ok(())
}

/// Writes a file in which the old key ends soon and a new one begins before. Returns the old key as a thief has it.
fn rotate(file: &Path) -> io::Result<Value> {
    let now = SystemTime::now();
    let mut set: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let forger = set.clone();
    let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    set["keys"][0]["exp"] = json!(seconds(now + OLD_SIGNS_FOR));
    let new = SigningKeys::generate(now + NEW_SIGNS_IN, Duration::from_secs(3600)).map_err(io::Error::other)?;
    let new: Value = serde_json::from_str(&new)?;
    set["keys"].as_array_mut().ok_or_else(|| io::Error::other("no keys"))?.push(new["keys"][0].clone());
    let beside = file.with_extension("new");
    fs::write(&beside, set.to_string())?;
    fs::rename(beside, file)?;
    Ok(forger)
}

/// A token of the old key that lives for an hour.
fn forged(forger: &Value, service: &Service) -> io::Result<String> {
    let keys = SigningKeys::from_jwks(&forger.to_string()).map_err(io::Error::other)?;
    let tokens = AccessTokens::new(keys, service.url(), service.url()).lifetime(Duration::from_secs(3600));
    let scope = Scopes::from("me items");
    let session = SessionId::from_bytes([7; 16]);
    let grant = AccessGrant { subject: "user-johndoe", client_id: "ui", scope: &scope, session, cnf: None };
    tokens.sign(&grant).map_err(io::Error::other)
}

/// The names of the public keys that each replica shows, without anything private.
async fn published(service: &Service) -> io::Result<Vec<String>> {
    let mut kids = Vec::new();
    for address in service.addresses() {
        let set = Request::get("/.well-known/jwks.json").send(address).await?.json();
        for key in set["keys"].as_array().into_iter().flatten() {
            check!(PRIVATE.iter().all(|member| key.get(*member).is_none()), "a private member is published");
            kids.push(key["kid"].as_str().unwrap_or_default().to_owned());
        }
    }
    Ok(kids)
}

/// The key of a token, by its header.
fn kid_of(token: &str) -> String {
    let header = token.split('.').next().and_then(|header| URL_SAFE_NO_PAD.decode(header).ok());
    let header: Value = serde_json::from_slice(&header.unwrap_or_default()).unwrap_or_default();
    header["kid"].as_str().unwrap_or_default().to_owned()
}
