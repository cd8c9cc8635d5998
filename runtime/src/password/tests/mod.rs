//! Passwords are hashed with 8 KiB here, because these tests are not about argon2 itself.
#![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

#[cfg(feature = "bcrypt")]
mod bcrypt;
mod log;
mod login;
mod migrated;
mod queue;
mod shares;
mod vectors;

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};

use super::{stored::Stored, *};

type Tested<T = ()> = Result<T, Box<dyn std::error::Error>>;

const ACCEPTED: Verification = Verification::Accepted { needs_rehash: false };
const OUTDATED: Verification = Verification::Accepted { needs_rehash: true };

/// A hash of `secret`, from FastAPI's older tutorials.
const BCRYPT: &str = "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW";

fn cheap() -> Tested<PasswordPolicy> {
    Ok(PasswordPolicy::unchecked(8, 1, 1)?)
}

/// A hash as another library may have written it.
fn foreign(algorithm: Algorithm, version: Version, params: Params) -> Tested<String> {
    let hasher = Argon2::new(algorithm, version, params);
    Ok(hasher.hash_password_with_salt(b"secret", b"0123456789abcdef")?.to_string())
}

#[tokio::test]
async fn only_the_hashed_password_is_recognised() -> Tested {
    let passwords = Passwords::new(cheap()?);
    for password in ["secret", "", "pä\u{0}ß", &"x".repeat(1024)] {
        let hash = passwords.hash(password).await?;
        assert_eq!(passwords.verify(password, Some(&hash)).await?, ACCEPTED);
        assert_eq!(passwords.verify("Secret", Some(&hash)).await?, Verification::Refused);
        assert_eq!(passwords.verify(format!("{password}\0"), Some(&hash)).await?, Verification::Refused);
        assert_eq!(passwords.verify(&hash, Some(&hash)).await?, Verification::Refused);
    }
    Ok(())
}

#[tokio::test]
async fn salts_are_random_and_have_16_bytes() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let (one, other) = (passwords.hash("secret").await?, passwords.hash("secret").await?);
    assert_ne!(one, other);
    assert_eq!(one.split('$').nth(4).map(str::len), Some(22));
    assert_eq!(one.split('$').nth(5).map(str::len), Some(43));
    Ok(())
}

#[tokio::test]
async fn an_unknown_user_is_refused_with_any_password() -> Tested {
    let passwords = Passwords::new(cheap()?);
    for password in ["", "\0", "secret", "dummypassword"] {
        assert_eq!(passwords.verify(password, None).await?, Verification::Refused);
    }
    Ok(())
}

/// Vectors of the reference implementation in its oldest format, the previous version and the current one.
#[tokio::test]
async fn hashes_of_the_reference_implementation_are_read() -> Tested {
    let passwords = Passwords::new(cheap()?);
    for hash in [
        "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
        "$argon2i$v=16$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs",
        "$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ] {
        assert_eq!(passwords.verify("password", Some(hash)).await?, OUTDATED, "{hash}");
        assert_eq!(passwords.verify("passwort", Some(hash)).await?, Verification::Refused, "{hash}");
    }
    Ok(())
}

#[tokio::test]
async fn a_hash_of_another_kind_has_to_be_replaced() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let params = |memory, iterations, lanes, length| Params::new(memory, iterations, lanes, Some(length));
    for (hash, expected) in [
        (foreign(Algorithm::Argon2id, Version::V0x13, params(8, 1, 1, 32)?)?, ACCEPTED),
        (foreign(Algorithm::Argon2i, Version::V0x13, params(8, 1, 1, 32)?)?, OUTDATED),
        (foreign(Algorithm::Argon2d, Version::V0x13, params(8, 1, 1, 32)?)?, OUTDATED),
        (foreign(Algorithm::Argon2id, Version::V0x10, params(8, 1, 1, 32)?)?, OUTDATED),
        (foreign(Algorithm::Argon2id, Version::V0x13, params(9, 1, 1, 32)?)?, OUTDATED),
        (foreign(Algorithm::Argon2id, Version::V0x13, params(8, 2, 1, 32)?)?, OUTDATED),
        (foreign(Algorithm::Argon2id, Version::V0x13, params(16, 1, 2, 32)?)?, OUTDATED),
        (foreign(Algorithm::Argon2id, Version::V0x13, params(8, 1, 1, 16)?)?, OUTDATED),
        (foreign(Algorithm::Argon2id, Version::V0x13, params(8, 1, 1, 64)?)?, OUTDATED),
    ] {
        assert_eq!(passwords.verify("secret", Some(&hash)).await?, expected, "{hash}");
        assert_eq!(passwords.verify("Secret", Some(&hash)).await?, Verification::Refused, "{hash}");
    }
    Ok(())
}

#[tokio::test]
async fn text_that_is_no_hash_lets_nobody_in() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let good = passwords.hash("secret").await?;
    let mut bad = vec![
        good.replace("argon2id", "argon2"),
        good.replace("v=19", "v=20"),
        good.replace("m=8,", ""),
        good.replace("t=1", "t=0"),
        good.replace("p=1", "p=0"),
        good.replace("p=1", "p=1,x=1"),
        good.replace("p=1", "p=-1"),
        good.replace("m=8", "m=99999999999"),
        format!("{good}$"),
        format!("{good}="),
        format!(" {good}"),
        "secret".to_owned(),
    ];
    // If the rest is still a valid output, the truncated hash is a hash of another kind.
    bad.extend((0..good.len() - 40).map(|end| good[..end].to_owned()));
    for hash in bad {
        assert_eq!(passwords.verify("secret", Some(&hash)).await?, Verification::Refused, "{hash}");
    }
    Ok(())
}

#[test]
fn a_stored_hash_has_a_price_limit() -> Tested {
    let stored = |memory: u32, iterations: u32, lanes: u32| {
        format!(
            "$argon2id$v=19$m={memory},t={iterations},p={lanes}$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        )
    };
    let is_read = |hash: &str, policy: &PasswordPolicy| Stored::read(hash, &policy.params).is_some();
    let policy = cheap()?;
    assert!(is_read(&stored(262_144, 16, 16), &policy));
    for hash in [stored(262_145, 1, 1), stored(8, 17, 1), stored(136, 1, 17), stored(u32::MAX, u32::MAX, 0xFF_FFFF)] {
        assert!(!is_read(&hash, &policy), "{hash}");
    }
    let dear = PasswordPolicy::new(300_000, 17, 17)?;
    assert!(is_read(&stored(300_000, 17, 17), &dear));
    assert!(!is_read(&stored(300_001, 17, 17), &dear));
    Ok(())
}

#[tokio::test]
async fn a_long_password_is_neither_hashed_nor_right() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let long = "x".repeat(1025);
    assert_eq!(passwords.hash(&long).await, Err(PasswordError::TooLong));
    let params = Params::new(8, 1, 1, Some(32))?;
    let hash = Argon2::from(params).hash_password(long.as_bytes())?.to_string();
    assert_eq!(passwords.verify(&long, Some(&hash)).await?, Verification::Refused);
    Ok(())
}

/// The fastest of a few tries each, because noise only adds. Omitted work, or a hash with 17 iterations, would differ by a
/// factor of at least 8. The tolerance is for busy machines.
#[tokio::test]
async fn every_refusal_costs_the_same() -> Tested {
    let passwords = Passwords::new(PasswordPolicy::default());
    let hash = passwords.hash("secret").await?;
    let (long, dear) = ("x".repeat(100_000), hash.replace("t=2", "t=17"));
    let (longer_than_bcrypt, dear_bcrypt) = ("x".repeat(73), BCRYPT.replace("$12$", "$17$"));
    let cases = [
        ("wrong", Some(hash.as_str())),
        ("secret", None),
        ("secret", Some("unreadable")),
        ("secret", Some(dear.as_str())),
        (long.as_str(), Some(hash.as_str())),
        (long.as_str(), None),
        ("secret", Some(dear_bcrypt.as_str())),
        // With and without the feature `bcrypt`.
        ("sec\0ret", Some(BCRYPT)),
        (longer_than_bcrypt.as_str(), Some(BCRYPT)),
    ];
    let mut times = [[Duration::MAX; 2]; 9];
    // A busy machine needs more rounds.
    for round in 0..40 {
        for ([verify, update], (password, stored)) in times.iter_mut().zip(cases) {
            let start = Instant::now();
            assert_eq!(passwords.verify(password, stored).await?, Verification::Refused);
            *verify = start.elapsed().min(*verify);
            let start = Instant::now();
            assert_eq!(passwords.verify_and_update(password, stored).await?, Login::Refused);
            *update = start.elapsed().min(*update);
        }
        let times = times.as_flattened();
        let slowest = times.iter().max().ok_or("no times")?;
        let fastest = times.iter().min().ok_or("no times")?;
        if round >= 2 && slowest.as_secs_f64() < fastest.as_secs_f64() * 4.0 {
            return Ok(());
        }
    }
    Err(format!("{times:?}").into())
}

#[test]
fn the_minimum_policy_is_that_of_owasp() -> Tested {
    for (memory, iterations) in [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)] {
        assert!(PasswordPolicy::new(memory, iterations, 1).is_ok());
        assert!(PasswordPolicy::new(memory - 1, iterations, 1).is_err());
        assert!(PasswordPolicy::new(memory, iterations - 1, 1).is_err());
        assert!(PasswordPolicy::new(memory, iterations, 2).is_err());
        assert!(PasswordPolicy::new(memory * 2, iterations, 2).is_ok());
    }
    assert!(PasswordPolicy::new(u32::MAX, u32::MAX, 0).is_err());
    assert_eq!(PasswordPolicy::default().params, PasswordPolicy::new(19_456, 2, 1)?.params);
    Ok(())
}

#[tokio::test]
async fn debug_output_hides_secrets() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let hash = passwords.hash("secret").await?;
    let login = Login::Accepted { new_hash: Some(hash.clone()) };
    let printed = format!("{passwords:?} {:?} {login:?}", passwords.verify("secret", Some(&hash)).await);
    assert!(!printed.contains("secret") && !printed.contains(&hash[hash.len() - 43..]), "{printed}");
    assert!(printed.ends_with("Accepted { new_hash: Some(_) }"), "{printed}");
    Ok(())
}
