//! The keys that sign tokens: a file with a private JWK Set, which is read again when it has changed, so keys rotate while the
//! service runs.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use axum_scopes::login::{SigningKeys, SigningKeysError};

use crate::secrets;

/// How long a key signs.
const LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// How long a new key is published before it signs. Resource servers have fetched it by then.
const PUBLISHED_BEFORE: Duration = Duration::from_secs(60 * 60);
/// The least that the library takes is 5 minutes, for as long as others may keep an old set.
const PUBLISHED_AT_LEAST: Duration = Duration::from_secs(6 * 60);
/// How long before the last key ends a start says so.
const WARN_BEFORE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How often the file is read.
const INTERVAL: Duration = Duration::from_secs(2);

/// The keys of a file, which is made if it is not there. A task keeps them up to date.
pub fn start(path: &str) -> Result<SigningKeys, String> {
    let now = SystemTime::now();
    let make = || SigningKeys::generate(now, LIFETIME).map_err(|error| format!("cannot make a key: {error}"));
    let text = secrets::read_or_make(Path::new(path), make)
        .map_err(|error| format!("{error}; SIGNING_KEYS says which file has the keys that sign tokens"))?;
    let keys = SigningKeys::from_jwks(&text).map_err(|error| cannot_use(path, &error))?;
    if keys.signs_until() < now + WARN_BEFORE {
        tracing::warn!(path, "the last key ends within a week, and nobody can log in then; `rotate-keys` adds one");
    }
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

/// Adds a key that signs an hour from now, and removes those whose time is over. All replicas need the new file within that hour. If the
/// others end before, it signs sooner; and at once if none may sign any more, because nobody can log in then.
pub fn rotate(path: &str) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| {
        format!(
            "cannot read {path}: {error}; the first start of the service makes it, and SIGNING_KEYS says where it is"
        )
    })?;
    let now = SystemTime::now();
    let mut rotated = Err(SigningKeysError::NoneSigns);
    for before in [PUBLISHED_BEFORE, PUBLISHED_AT_LEAST, Duration::ZERO] {
        rotated = SigningKeys::rotate(&text, now + before, LIFETIME).map(|text| (text, before));
        if !matches!(rotated, Err(SigningKeysError::NoneSigns | SigningKeysError::Gap { .. })) {
            break;
        }
    }
    let (text, before) = rotated.map_err(|error| cannot_use(path, &error))?;
    secrets::replace(Path::new(path), &text)?;
    println!("{path} has a new key, which begins to sign in {} minutes", before.as_secs() / 60);
    Ok(())
}

/// What is wrong with the file, and what helps.
fn cannot_use(path: &str, error: &SigningKeysError) -> String {
    let help = match error {
        SigningKeysError::NoneSigns => {
            "the dates of all keys are over, or to come; `rotate-keys` adds a key that signs at once"
        }
        SigningKeysError::Gap { .. } | SigningKeysError::TooSoon { .. } => {
            "wait a few minutes until that key has ended; then `rotate-keys` adds one that signs at once"
        }
        _ => "put back a copy of the file; if there is none, remove it, and the next start makes another",
    };
    format!("{path} cannot be used: {error}; {help}")
}
