//! A login in one call: refused, or accepted with a new hash if the stored one is outdated.

use argon2::{Algorithm, Params, Version};

use super::{BCRYPT, Tested, Verification, cheap, foreign};
use crate::password::{Login, Passwords};

#[tokio::test]
async fn an_outdated_hash_is_replaced_by_a_current_one() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let outdated = foreign(Algorithm::Argon2i, Version::V0x10, Params::new(9, 2, 1, Some(32))?)?;
    let Login::Accepted { new_hash: Some(new) } = passwords.verify_and_update("secret", Some(&outdated)).await? else {
        return Err("refused, or not replaced".into());
    };
    assert!(new.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{new}");
    assert_eq!(passwords.verify("secret", Some(&new)).await?, Verification::Accepted { needs_rehash: false });
    assert_eq!(passwords.verify("Secret", Some(&new)).await?, Verification::Refused);
    assert_eq!(passwords.verify_and_update("secret", Some(&new)).await?, Login::Accepted { new_hash: None });
    Ok(())
}

#[tokio::test]
async fn a_refused_login_gets_no_new_hash() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let (good, long) = (passwords.hash("secret").await?, "x".repeat(1025));
    let outdated = foreign(Algorithm::Argon2i, Version::V0x13, Params::new(8, 1, 1, Some(32))?)?;
    for (password, stored) in [
        ("Secret", Some(good.as_str())),
        ("Secret", Some(outdated.as_str())),
        ("", Some(outdated.as_str())),
        (long.as_str(), Some(outdated.as_str())),
        ("secret", Some("secret")),
        ("secret", Some("")),
        ("secret", None),
        ("", None),
    ] {
        let login = passwords.verify_and_update(password, stored).await?;
        assert_eq!(login, Login::Refused, "{password:.9} {stored:?}");
        assert!(!login.is_accepted());
    }
    Ok(())
}

#[tokio::test]
async fn a_bcrypt_hash_is_accepted_with_the_feature_only() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let login = passwords.verify_and_update("secret", Some(BCRYPT)).await?;
    assert_eq!(login.is_accepted(), cfg!(feature = "bcrypt"));
    Ok(())
}
