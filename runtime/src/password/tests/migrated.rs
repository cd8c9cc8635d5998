//! Hashes that Django 5.2, passlib 1.7 and Werkzeug 3.1 have written, and malformed ones.

#[cfg(feature = "pbkdf2")]
mod pbkdf2;
#[cfg(feature = "scrypt")]
mod scrypt;

use super::{OUTDATED, Tested, cheap, stored::Stored};
use crate::password::{Login, Passwords, Verification};

/// A password, and hashes of it.
type Hashes = [(&'static str, &'static [&'static str])];

async fn are_accepted_and_replaced(hashes: &Hashes) -> Tested {
    let passwords = Passwords::new(cheap()?);
    for (password, hashes) in hashes {
        for hash in *hashes {
            assert_eq!(passwords.verify(password, Some(hash)).await?, OUTDATED, "{hash}");
            // The first one has the same hash.
            for wrong in [&format!("{password}\0"), &format!("{password}x"), "Secret", "\0", hash] {
                assert_eq!(passwords.verify(wrong, Some(hash)).await?, Verification::Refused, "{hash} {wrong}");
            }
            let Login::Accepted { new_hash: Some(new) } = passwords.verify_and_update(password, Some(hash)).await?
            else {
                return Err(format!("not replaced: {hash}").into());
            };
            assert!(new.starts_with("$argon2id$"), "{new}");
            assert!(passwords.verify(password, Some(&new)).await?.is_accepted());
        }
    }
    Ok(())
}

async fn are_refused(hashes: impl IntoIterator<Item = String>) -> Tested {
    let (passwords, policy) = (Passwords::new(cheap()?), cheap()?);
    for hash in hashes {
        assert!(Stored::read(&hash, &policy.params).is_none(), "{hash}");
        assert_eq!(passwords.verify("secret", Some(&hash)).await?, Verification::Refused, "{hash}");
    }
    Ok(())
}

/// `hash` with one part replaced by each of the others.
#[cfg(any(feature = "pbkdf2", feature = "scrypt"))]
fn with<'a>(hash: &'a str, part: &'a str, others: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    assert!(hash.contains(part), "{hash} has no {part}");
    others.iter().map(move |other| hash.replacen(part, other, 1))
}

/// All beginnings of a hash, and the hash with something before or behind it.
#[cfg(any(feature = "pbkdf2", feature = "scrypt"))]
fn cut(hash: &str) -> impl Iterator<Item = String> + '_ {
    let around = ["$", "=", " ", "\n", "\0", "A"]
        .into_iter()
        .flat_map(move |text| [format!("{text}{hash}"), format!("{hash}{text}")]);
    (0..hash.len()).map(|end| hash[..end].to_owned()).chain(around)
}

/// Django's default hasher in some projects. Its salt is text that looks like base64.
const DJANGO_ARGON2: &str =
    "argon2$argon2id$v=19$m=102400,t=2,p=8$eHdDODVyVzFMTFV3ODZxamZDaVlkTg$/+IvNe+s9PQX8sPhYtnOQoVSfmoRloSTIWw5B3IQ+Aw";
#[cfg(feature = "bcrypt")]
const DJANGO_BCRYPT: &str = "bcrypt$$2b$05$xJtoGmF0jWAKYdZnP6Cd8.my8IO5m2To//qhW.klTeym6BVJ4ICey";

#[tokio::test]
async fn the_name_that_django_writes_before_argon2_and_bcrypt_is_skipped() -> Tested {
    are_accepted_and_replaced(&[("secret", &[DJANGO_ARGON2])]).await?;
    #[cfg(feature = "bcrypt")]
    are_accepted_and_replaced(&[("secret", &[DJANGO_BCRYPT])]).await?;
    are_refused(
        ["argon2", "argon2argon2", "argon2$argon2", "$argon2", "bcrypt$", "argon2$$"]
            .map(|prefix| DJANGO_ARGON2.replacen("argon2", prefix, 1))
            .into_iter()
            .filter(|hash| hash != DJANGO_ARGON2),
    )
    .await?;
    are_refused(["bcrypt_sha256$$2b$05$p2CANf/37mDH7qoTtlTaae1.99eoNWXEJBwEU5uqfwjTTasqU3k7.".to_owned()]).await
}

#[cfg(not(all(feature = "pbkdf2", feature = "scrypt")))]
#[test]
fn a_hash_without_its_feature_is_refused_and_the_log_names_the_feature() -> Tested {
    for (hash, feature) in [
        ("pbkdf2_sha256$1000$salt$AAAA", "pbkdf2"),
        ("$pbkdf2-sha256$1000$salt$AAAA", "pbkdf2"),
        ("pbkdf2:sha256:1000$salt$00", "pbkdf2"),
        ("scrypt$16$salt$8$1$AAAA", "scrypt"),
        ("$scrypt$ln=16,r=8,p=1$AAAA$AAAA", "scrypt"),
        ("scrypt:16:8:1$salt$00", "scrypt"),
    ] {
        let logged = super::log::logged(hash)?;
        let on = [("pbkdf2", cfg!(feature = "pbkdf2")), ("scrypt", cfg!(feature = "scrypt"))];
        let is_on = on.contains(&(feature, true));
        assert_eq!(logged.contains(&format!("the feature `{feature}` of axum-scopes")), !is_on, "{logged}");
    }
    Ok(())
}
