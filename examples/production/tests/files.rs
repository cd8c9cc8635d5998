//! The files that are made at the first start, and keys that rotate.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use axum_scopes::login::SigningKeys;
use serde_json::Value;

use super::{Folder, Service, text};
use crate::{keys, secrets};

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
}

#[test]
fn a_secret_is_made_once_and_is_for_nobody_else() {
    let folder = Folder::new();
    let path = folder.file("secret");
    let made = secrets::read_or_make(&path, secrets::random_hex).unwrap();
    assert_eq!((made.len(), secrets::read_or_make(&path, || panic!("made again")).unwrap()), (64, made));
    #[cfg(unix)]
    assert_eq!(mode(&path), 0o600);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "something is left over");
}

/// In a container, all processes have the same number.
#[test]
fn what_a_process_that_was_killed_has_left_does_not_keep_the_next_one_from_its_secret() {
    let folder = Folder::new();
    let path = folder.file("secret.json");
    fs::write(path.with_extension(format!("{}.new", std::process::id())), "half of a").unwrap();
    assert_eq!(secrets::read_or_make(&path, secrets::random_hex).unwrap().len(), 64);
    secrets::replace(&path, "another").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "another");
}

#[cfg(unix)]
#[tokio::test]
async fn the_database_is_for_nobody_else() {
    let service = Service::start().await;
    assert_eq!(mode(&service._folder.file("production.db")), 0o600);
}

#[test]
fn processes_that_start_at_once_have_the_same_secret() {
    let folder = Folder::new();
    let path = folder.file("secret");
    // Another one makes it between the look and the writing.
    let make = || {
        fs::write(&path, "theirs").unwrap();
        Ok("mine".to_owned())
    };
    assert_eq!(secrets::read_or_make(&path, make).unwrap(), "theirs");
}

#[test]
fn a_secret_is_32_random_bytes_in_hexadecimal() {
    let (short, other) = ("7".repeat(63), format!("{}g", "7".repeat(63)));
    for secret in ["", "hunter2", &short, &other] {
        let error = secrets::service_key(Some(secret)).err().unwrap();
        assert!(error.contains("32 bytes or more in hexadecimal"), "{error}");
        assert!(secret.is_empty() || !error.contains(secret), "the error shows the value");
    }
}

#[tokio::test]
async fn a_new_key_is_published_before_it_signs() {
    let service = Service::start().await;
    let path = service._folder.file("keys.json");
    #[cfg(unix)]
    assert_eq!(mode(&path), 0o600);
    let kids = |set: &Value| -> Vec<String> {
        let keys = set["keys"].as_array().unwrap().iter();
        keys.map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    };
    let published = async || service.client.get("/.well-known/jwks.json").await;
    let before = kids(&published().await.json());
    keys::rotate(path.to_str().unwrap()).unwrap();
    #[cfg(unix)]
    assert_eq!(mode(&path), 0o600);
    service.app.tokens.keys().replace(&fs::read_to_string(&path).unwrap()).unwrap();
    let answer = published().await;
    let after = kids(&answer.json());
    assert!(before.len() == 1 && after.len() == 2 && after.contains(&before[0]), "{before:?} {after:?}");
    for private in ["\"d\"", "\"p\"", "\"q\"", "\"k\""] {
        assert!(!answer.text().contains(private), "{answer:?}");
    }
    // The old one goes on to sign.
    let (token, _) = service.johndoe("me").await;
    assert_eq!(service.client.get("/users/me/").bearer(&token).await.status(), 200);
    let header = token.split('.').next().unwrap().to_owned();
    let next = text(&service.log_in("johndoe", "secret", "me").await, "access_token");
    assert_eq!(next.split('.').next(), Some(header.as_str()));
}

#[test]
fn a_key_is_added_also_when_the_others_are_over_or_end_soon() {
    let folder = Folder::new();
    let path = folder.file("keys.json");
    let minute = Duration::from_secs(60);
    let now = SystemTime::now();
    for (from, lifetime) in [(now - 2 * minute, minute), (now, 3 * minute), (now, 20 * minute), (now, 120 * minute)] {
        fs::write(&path, SigningKeys::generate(from, lifetime).unwrap()).unwrap();
        keys::rotate(path.to_str().unwrap()).unwrap();
        let keys = SigningKeys::from_jwks(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(keys.signs_until() > now + 1000 * minute, "{lifetime:?}");
    }
}

#[tokio::test]
async fn keys_that_cannot_be_used_are_refused_with_what_helps() {
    let folder = Folder::new();
    let path = folder.file("keys.json");
    for (text, expected) in
        [(r#"{"keys":[]}"#, "`rotate-keys` adds a key"), ("nonsense", "put back a copy of the file")]
    {
        fs::write(&path, text).unwrap();
        let error = keys::start(path.to_str().unwrap()).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
