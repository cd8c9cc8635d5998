//! Hashes of other bcrypt implementations, and invalid ones.

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};

use super::{BCRYPT, OUTDATED, Tested, cheap, queue::Held};
use crate::password::{Login, PasswordError, Passwords, Verification, bcrypt::StoredBcrypt};

/// A hash of `U*U` with cost 5.
const CHEAP: &str = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

/// A plain bcrypt hash of 72 bytes, some of them NUL.
fn made(password: &[u8]) -> String {
    let mut key = [password, &[0]].concat();
    key.truncate(72);
    let base64 = GeneralPurpose::new(&alphabet::BCRYPT, NO_PAD);
    let output = ::bcrypt::bcrypt(4, *b"0123456789abcdef", &key);
    format!("$2b$04${}{}", base64.encode(b"0123456789abcdef"), base64.encode(&output[..23]))
}

#[tokio::test]
async fn a_bcrypt_hash_is_recognised_and_always_replaced() -> Tested {
    let passwords = Passwords::new(cheap()?);
    for (password, hash) in [("secret", BCRYPT), ("U*U", CHEAP), ("", &made(b"")), ("pä€ß", &made("pä€ß".as_bytes()))]
    {
        assert_eq!(passwords.verify(password, Some(hash)).await?, OUTDATED, "{hash}");
        for wrong in ["Secret", "U*U ", "U*", "x", hash] {
            assert_eq!(passwords.verify(wrong, Some(hash)).await?, Verification::Refused, "{wrong} {hash}");
            assert_eq!(passwords.verify_and_update(wrong, Some(hash)).await?, Login::Refused, "{wrong} {hash}");
        }
        let Login::Accepted { new_hash: Some(new) } = passwords.verify_and_update(password, Some(hash)).await? else {
            return Err("refused, or not replaced".into());
        };
        assert_eq!(passwords.verify_and_update(password, Some(&new)).await?, Login::Accepted { new_hash: None });
    }
    Ok(())
}

#[tokio::test]
async fn prefixes_of_the_same_algorithm_are_the_same_and_others_are_refused() -> Tested {
    let passwords = Passwords::new(cheap()?);
    for prefix in ["$2a$", "$2b$", "$2y$"] {
        assert_eq!(passwords.verify("U*U", Some(&CHEAP.replace("$2a$", prefix))).await?, OUTDATED, "{prefix}");
    }
    for prefix in ["$2x$", "$2$", "$2B$", "$2z$", "2a$", "$2a", "$2a$$", " $2a$", "$2a$v=1$"] {
        let hash = CHEAP.replace("$2a$", prefix);
        assert_eq!(passwords.verify("U*U", Some(&hash)).await?, Verification::Refused, "{hash}");
    }
    Ok(())
}

#[test]
fn malformed_bcrypt_hashes_are_not_read() {
    assert!(StoredBcrypt::read(CHEAP).is_some());
    for cost in ["", "5", "005", "+5", " 5", "5 ", "0x", "-5", "00", "03", "五", "٠٥"] {
        let hash = CHEAP.replace("$05$", &format!("${cost}$"));
        assert!(StoredBcrypt::read(&hash).is_none(), "{hash}");
    }
    for end in 0..CHEAP.len() {
        assert!(StoredBcrypt::read(&CHEAP[..end]).is_none(), "{end}");
        for odd in ["=", "+", "-", "_", " ", "\0", "\n", "$", "ä", "€"] {
            // One byte more, and one byte changed.
            assert!(StoredBcrypt::read(&format!("{}{odd}{}", &CHEAP[..end], &CHEAP[end..])).is_none(), "{end} {odd:?}");
            let replaced = format!("{}{odd}{}", &CHEAP[..end], &CHEAP[end + 1..]);
            assert!(replaced == CHEAP || StoredBcrypt::read(&replaced).is_none(), "{end} {odd:?}");
        }
    }
    for tail in ["$", ".", "=", "\n", CHEAP] {
        assert!(StoredBcrypt::read(&format!("{CHEAP}{tail}")).is_none(), "{tail:?}");
    }
}

#[test]
fn a_bcrypt_hash_has_a_price_limit() {
    for cost in 4..100 {
        let hash = CHEAP.replace("$05$", &format!("${cost:02}$"));
        assert_eq!(StoredBcrypt::read(&hash).is_some(), cost <= 16, "{hash}");
    }
}

/// The first hash is a vector of crypt_blowfish with a longer password.
#[tokio::test]
async fn a_password_of_more_than_72_bytes_is_refused_since_bcrypt_would_not_read_its_end() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let hash = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
    let longest = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    assert_eq!(longest.len(), 72);
    assert_eq!(passwords.verify(longest, Some(hash)).await?, OUTDATED);
    for wrong in [&longest[..71], &format!("{longest}!"), &format!("{longest}chars after 72 are ignored")] {
        assert_eq!(passwords.verify(wrong, Some(hash)).await?, Verification::Refused, "{wrong}");
        assert_eq!(passwords.verify_and_update(wrong, Some(hash)).await?, Login::Refused, "{wrong}");
    }
    Ok(())
}

#[tokio::test]
async fn a_password_with_nul_is_refused_since_bcrypt_takes_it_for_another() -> Tested {
    let passwords = Passwords::new(cheap()?);
    assert_eq!(made(b"a"), made(b"a\0a"));
    for (password, hash) in
        [("a\0a", made(b"a")), ("\0", made(b"")), ("a\0", made(b"a\0")), ("\0a", made(b"\0a")), ("a\0b", made(b"a"))]
    {
        assert_eq!(passwords.verify(password, Some(&hash)).await?, Verification::Refused, "{password:?}");
    }
    Ok(())
}

/// Comeonin kept such bits of a given salt, PHP cleared them.
#[tokio::test]
async fn bits_that_bcrypt_does_not_use_can_have_any_value() -> Tested {
    let passwords = Passwords::new(cheap()?);
    for hash in [
        "$2b$10$1234567899123456789012.OtL1A1eGK5wmvBKUDYKvuVKI7h2XBu",
        "$2y$10$123456789912345678901u.OtL1A1eGK5wmvBKUDYKvuVKI7h2XBu",
        "$2y$10$123456789912345678901u.OtL1A1eGK5wmvBKUDYKvuVKI7h2XBv",
    ] {
        assert_eq!(passwords.verify("test", Some(hash)).await?, OUTDATED, "{hash}");
        assert_eq!(passwords.verify("Test", Some(hash)).await?, Verification::Refused, "{hash}");
    }
    Ok(())
}

#[tokio::test]
async fn bcrypt_waits_for_a_permit_like_argon2() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(1).queue(0));
    let _held = Held::new(&passwords).running().await?;
    assert_eq!(passwords.verify("U*U", Some(CHEAP)).await, Err(PasswordError::Busy));
    assert_eq!(passwords.verify_and_update("U*U", Some(CHEAP)).await, Err(PasswordError::Busy));
    Ok(())
}
