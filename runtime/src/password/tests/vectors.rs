//! Published vectors: the valid are accepted, the malformed refused, and none panics.

use std::{fs, io::Write as _, path::Path};

use serde_json::Value;

use super::{Tested, Verification, cheap};
#[cfg(feature = "bcrypt")]
use crate::password::engine::Engine;
use crate::password::{Passwords, stored::Stored};

/// `None`, with a message, in a crate that was taken out of its repository.
fn vectors(name: &str) -> Tested<Option<Value>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    if !tests.join("attacks.md").is_file() {
        // Written past the test harness, which would hide it.
        let _ = writeln!(std::io::stderr(), "skipped: the vectors are in the repository, and not in the crate");
        return Ok(None);
    }
    let text = fs::read_to_string(tests.join("vectors/rfc").join(name))?;
    Ok(Some(serde_json::from_str(&text)?))
}

/// The list must not be empty, so that a renamed list is noticed.
fn list<'a>(vectors: &'a Value, name: &str) -> Tested<&'a [Value]> {
    let list = vectors[name].as_array().filter(|list| !list.is_empty());
    Ok(list.ok_or_else(|| format!("no {name}"))?)
}

fn text(value: &Value) -> Tested<&str> {
    Ok(value.as_str().ok_or_else(|| format!("not a string: {value}"))?)
}

async fn accept_argon2_hashes(hashes: Vec<(&str, &str)>) -> Tested {
    let passwords = Passwords::new(cheap()?);
    for (phc, password) in hashes {
        // These cost more than a stored hash may.
        let expected = !phc.contains("m=1048576,");
        assert_eq!(passwords.verify(password, Some(phc)).await?.is_accepted(), expected, "{phc}");
        // The others differ in cost.
        if phc.contains("m=256,") || phc.contains("m=32,") {
            assert_eq!(passwords.verify("passwort", Some(phc)).await?, Verification::Refused, "{phc}");
        }
    }
    Ok(())
}

/// The vectors of the reference implementation for this version of Argon2.
async fn accept_reference_hashes(version: u8) -> Tested {
    let Some(vectors) = vectors("argon2.json")? else { return Ok(()) };
    let of_version = list(&vectors, "valid")?.iter().filter(|vector| vector["version"] == version);
    let hashes: Vec<_> =
        of_version.map(|vector| Ok((text(&vector["phc"])?, text(&vector["password"])?))).collect::<Tested<_>>()?;
    assert!(!hashes.is_empty(), "{version}");
    accept_argon2_hashes(hashes).await
}

// Each of these takes seconds, so that they are tests of their own, which run at once.

#[tokio::test]
async fn argon2_hashes_of_version_1_0_are_accepted() -> Tested {
    accept_reference_hashes(0x10).await
}

#[tokio::test]
async fn argon2_hashes_of_version_1_3_are_accepted() -> Tested {
    accept_reference_hashes(0x13).await
}

#[tokio::test]
async fn argon2_hashes_of_rustcrypto_are_accepted() -> Tested {
    let Some(vectors) = vectors("argon2.json")? else { return Ok(()) };
    let password = text(&vectors["rustcrypto_valid_password"])?;
    let hashes = list(&vectors, "rustcrypto_valid")?.iter().map(|phc| Ok((text(phc)?, password)));
    accept_argon2_hashes(hashes.collect::<Tested<_>>()?).await
}

/// Vectors without an error are well-formed hashes of another password.
#[tokio::test]
async fn malformed_argon2_hashes_are_refused() -> Tested {
    let Some(vectors) = vectors("argon2.json")? else { return Ok(()) };
    let (passwords, policy) = (Passwords::new(cheap()?), cheap()?);
    for vector in list(&vectors, "reference_negative")?.iter().chain(list(&vectors, "rustcrypto_malformed")?) {
        let phc = text(&vector["phc"])?;
        let well_formed = vector["expect"] == "ARGON2_VERIFY_MISMATCH";
        assert_eq!(Stored::read(phc, &policy.params).is_some(), well_formed, "{phc}");
        assert_eq!(passwords.verify("password", Some(phc)).await?, Verification::Refused, "{phc}");
    }
    Ok(())
}

/// The engine gets these passwords directly, because a form cannot contain such bytes.
#[cfg(feature = "bcrypt")]
#[test]
fn valid_bcrypt_hashes_are_accepted() -> Tested {
    let Some(vectors) = vectors("bcrypt.json")? else { return Ok(()) };
    let policy = cheap()?;
    let engine = Engine::new(policy.params.clone());
    for vector in list(&vectors, "valid")? {
        let hash = text(&vector["hash"])?;
        let hex = text(&vector["password_hex"])?;
        let password = (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16));
        let password: Vec<u8> = password.collect::<Result<_, _>>()?;
        let stored = Stored::read(hash, &policy.params).ok_or_else(|| format!("not read: {hash}"))?;
        // A password with NUL is refused, because others have the same hash.
        let expected = !password.contains(&0);
        assert_eq!(engine.verify(&password, &stored)?.is_accepted(), expected, "{hash}");
        assert_eq!(engine.verify(b"passwort", &stored)?, Verification::Refused, "{hash}");
    }
    Ok(())
}

#[tokio::test]
async fn malformed_bcrypt_hashes_are_refused() -> Tested {
    let Some(vectors) = vectors("bcrypt.json")? else { return Ok(()) };
    let (passwords, policy) = (Passwords::new(cheap()?), cheap()?);
    for hash in list(&vectors, "malformed")? {
        let hash = text(hash)?;
        assert!(Stored::read(hash, &policy.params).is_none(), "{hash}");
        for password in ["", "password"] {
            assert_eq!(passwords.verify(password, Some(hash)).await?, Verification::Refused, "{hash}");
        }
    }
    Ok(())
}
