//! The keys that sign tokens: a file with a private JWK Set, which is read again when it has changed, so keys rotate while the
//! service runs.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use axum_scopes::login::SigningKeys;

use crate::secrets;

/// How long a key signs.
const LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// How long a new key is published before it signs. Resource servers have fetched it by then.
const PUBLISHED_BEFORE: Duration = Duration::from_secs(60 * 60);
/// How often the file is read.
const INTERVAL: Duration = Duration::from_secs(2);

/// The keys of a file, which is made if it is not there. A task keeps them up to date.
pub fn start(path: &str) -> Result<SigningKeys, String> {
    let now = SystemTime::now();
    let make = || SigningKeys::generate(now, LIFETIME).map_err(|error| format!("cannot make a key: {error}"));
    let text = secrets::read_or_make(Path::new(path), make)?;
    let keys = SigningKeys::from_jwks(&text).map_err(|error| format!("{path} has no keys: {error}"))?;
    tokio::spawn(keep_up_to_date(keys.clone(), path.to_owned(), text));
    Ok(keys)
}

/// A file that cannot be read, or that is wrong, changes nothing: the keys go on to sign until they end.
async fn keep_up_to_date(keys: SigningKeys, path: String, mut text: String) {
    let mut interval = tokio::time::interval(INTERVAL);
    loop {
        interval.tick().await;
        match fs::read_to_string(&path) {
            Ok(new) if new == text => {}
            Ok(new) => {
                match keys.replace(&new) {
                    Ok(()) => tracing::info!(path, "the keys were replaced"),
                    Err(error) => tracing::error!(path, %error, "the keys were not replaced"),
                }
                text = new;
            }
            Err(error) => tracing::error!(path, %error, "cannot read the keys"),
        }
    }
}

/// Adds a key that signs an hour from now, and removes those whose time is over. All replicas need the new file within that hour.
pub fn rotate(path: &str) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
    let rotated = SigningKeys::rotate(&text, SystemTime::now() + PUBLISHED_BEFORE, LIFETIME);
    secrets::replace(Path::new(path), &rotated.map_err(|error| format!("cannot add a key: {error}"))?)
}
