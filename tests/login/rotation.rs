//! Keys are replaced while requests come. No honest token is refused, and an old key is no good once its time is over.

use std::{
    collections::{BTreeSet, VecDeque},
    fs, io,
    path::Path,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
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
    service::{Service, Settings},
};

/// The private members of keys (RFC 7518 §6).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// How long the old key signs, and when the new one begins.
const OLD_SIGNS_FOR: Duration = Duration::from_secs(8);
const NEW_SIGNS_IN: Duration = Duration::from_secs(6);

/// How long a key is accepted after it has signed the last token and that has expired, because clocks differ.
const SKEW: Duration = Duration::from_secs(60);

/// Writes a file as it is in the middle of a rotation: an old key that ends soon, and a new one that begins before.
pub fn prepare(file: &Path) -> io::Result<()> {
    let now = SystemTime::now();
    let key = |from, lifetime| -> io::Result<Value> {
        let set = SigningKeys::generate(from, lifetime).map_err(io::Error::other)?;
        Ok(serde_json::from_str::<Value>(&set)?["keys"][0].clone())
    };
    let from = now - Duration::from_secs(10);
    let old = key(from, OLD_SIGNS_FOR + Duration::from_secs(10))?;
    let set = json!({"keys": [old, key(now + NEW_SIGNS_IN, Duration::from_secs(2 * 3600))?]});
    fs::write(file, set.to_string())
}

/// `lifetime` is that of access tokens.
pub async fn keys_rotate_under_load(
    settings: &Settings,
    service: &Service,
    file: &Path,
    lifetime: Duration,
) -> io::Result<()> {
    let (verifier, stolen) = (resource_server(service).await?, fs::read_to_string(file)?);
    let to = service.replicas[0].address;
    let mut tokens = log_in(to, "johndoe", "secret").await?;
    let old = kid_of(&tokens.access);
    let (mut signed, mut kids) = (VecDeque::new(), BTreeSet::from([old.clone()]));
    let (mut checked, mut refreshed, started) = (0, 0, Instant::now());
    let mut added = false;
    while started.elapsed() < OLD_SIGNS_FOR + lifetime + SKEW {
        let to = service.addresses()[refreshed % service.replicas.len()];
        tokens = granted(&refresh(&tokens.refresh).send(to).await?)?;
        refreshed += 1;
        signed.push_back((Instant::now(), tokens.access.clone()));
        kids.insert(kid_of(&tokens.access));
        // Every token is good for its whole life, at each replica and elsewhere.
        while signed.front().is_some_and(|(at, _)| at.elapsed() + Duration::from_secs(2) > lifetime) {
            signed.pop_front();
        }
        for (_, token) in [signed.front(), signed.back()].into_iter().flatten() {
            for address in service.addresses() {
                let answer = items(token).send(address).await?;
                check!(answer.status == 200, "an honest token of key {}: {answer:?}", kid_of(token));
                checked += 1;
            }
            judge(&verifier, token).await.map_err(io::Error::other)?;
        }
        published(service).await?;
        if !added && started.elapsed() > OLD_SIGNS_FOR {
            added = true;
            settings.command().arg("rotate-keys").status().await?;
        }
        // Faster while the keys change.
        sleep(Duration::from_millis(if added { 200 } else { 20 })).await;
    }
    let new = kid_of(&tokens.access);
    check!(new != old && kids.len() == 2, "the keys have not rotated: {kids:?}");
    sleep(Duration::from_secs(5)).await;
    let shown = published(service).await?;
    check!(!shown.contains(&old), "the old key is still published: {shown:?}");
    check!(
        shown.len() == 2 * service.replicas.len(),
        "the key that `rotate-keys` has added is not published: {shown:?}"
    );
    // Whoever has stolen the old key can sign, and nobody listens.
    let forged = forged(&stolen, &old, service, lifetime)?;
    check!(kid_of(&forged) == old, "the forged token is of another key");
    for address in service.addresses() {
        let answer = items(&forged).send(address).await?;
        check!(answer.status == 401, "a token of the old key: {answer:?}");
    }
    println!(
        "rotation: {refreshed} tokens signed by two keys, {checked} calls, none refused; the old key is no good any more"
    );
    Ok(())
}

/// A new token of the old key.
fn forged(stolen: &str, old: &str, service: &Service, lifetime: Duration) -> io::Result<String> {
    let mut set: Value = serde_json::from_str(stolen)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    if let Some(keys) = set["keys"].as_array_mut() {
        keys.retain(|key| key["kid"] == old);
        keys.iter_mut().for_each(|key| key["exp"] = json!(now + 3600));
    }
    let keys = SigningKeys::from_jwks(&set.to_string()).map_err(io::Error::other)?;
    let tokens = AccessTokens::new(keys, service.url(), service.url()).lifetime(lifetime);
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
