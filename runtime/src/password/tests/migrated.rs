//! Hashes that Django 5.2, passlib 1.7 and Werkzeug 3.1 have written, and malformed ones.

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

#[cfg(feature = "pbkdf2")]
mod pbkdf2 {
    use super::{Hashes, Tested, are_accepted_and_replaced, are_refused, cut, with};
    use crate::password::{pbkdf2::StoredPbkdf2, tests::cheap, tests::stored::Stored};

    const PHC: &str =
        "$pbkdf2-sha256$i=1000,l=32$c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg$sAF0rQXEGlXF/oRgtuVXG4hR+pfO3pqlBmwwzZN4TcY";
    const PASSLIB: &str = "$pbkdf2-sha512$1000$jFFK6V2rdY6Rcm5NqVXqXQ$BopAhrRoxPBRnagBHCupx53xOTKemnAVWMUw7ydlpvK9JnoNBx/Knqvx4nUXoC3GajnjyZdj4kd6DXA1r70v.g";
    const DJANGO: &str = "pbkdf2_sha256$1000$saltsaltsaltsaltsalt22$sAF0rQXEGlXF/oRgtuVXG4hR+pfO3pqlBmwwzZN4TcY=";
    const WERKZEUG: &str =
        "pbkdf2:sha256:1000$6Qbt1ubMetsQT7MC$4aa8b6da39dad5ad3757e6f249cdd64a3792b02789f034efc7ffd251cdef4b4d";

    const HASHES: &Hashes = &[
        (
            "secret",
            &[
                PHC,
                "$pbkdf2-sha256$i=1000$c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg$sAF0rQXEGlXF/oRgtuVXG4hR+pfO3pqlBmwwzZN4TcY",
                PASSLIB,
                "$pbkdf2-sha256$1000$sfYeAwDgvNf6//8/hzBmbA$931uho1I9uwTj7fheghbH2/C1wX2fwlXNdNHbZ2VLVY",
                "$pbkdf2-sha256$29000$sPYeA8BYqzUmpDQGgPAeIw$nOHbukAy.j3WNPzw7R5Wxq9BGLpTNtZks/1C0OlhHSg",
                DJANGO,
                "pbkdf2_sha256$1000$Hdjk2R4OPBbf$9885LzFXHjk0NYmTJk0KKRWNFQkoYrI2I+elg/kHWEU=",
                "pbkdf2_sha256$1000000$rc1DHfKSDvdhEx0La1PEn9$nlmvSQO2eviGGP4ILEu+HODd5OPYZ7z+yu04Gx/lrNo=",
                WERKZEUG,
            ],
        ),
        (
            "pässwörd\0 with NUL",
            &[
                "pbkdf2_sha256$1000$saltsaltsaltsaltsalt22$QoVD964YkzzMiKHL3pHfxZRAnC8iumhnubk/a44wvag=",
                "$pbkdf2-sha256$1000$7l0LQejdO.fcOweg9P5/Tw$7WeHl6B8oazPeFZGh2lNeH6GdTYYwSdd7sngPp5Qe2k",
                "$pbkdf2-sha512$1000$GWOMkTLmnJMSAiAEQEhJaQ$px9q/UkukBvv5u34XH3srY4wayCDiVhj1KuPZB2heMCww1ejWb/wt0k3gFCxNOhHVZ3GKytHEdsfogsUl.LHgg",
                "pbkdf2:sha256:1000$82n1di3VKYE5Jwbo$14f9062100fe33673d1bd80abe2c5e6f39b6a8d65fa687afcac1745de95cf6e9",
            ],
        ),
        (
            "",
            &[
                "pbkdf2_sha256$1000$saltsaltsaltsaltsalt22$zb65SpkYGRVfPeulmRagZuch6XMbD2Q611cuifThPmM=",
                "$pbkdf2-sha256$1000$Oefc.9.7d67VmvPem9N6Tw$K9Lj5gHAManCvGMPWxTZcO8JqZo07krieyU6a8ACafM",
                "pbkdf2:sha256:1000$gM7YcDhlVuvYNVaT$1ddf9efea575c64e2d3b887f40c7a3dd5a19f046003d7e059bbe96385ece3e17",
            ],
        ),
    ];

    #[tokio::test]
    async fn pbkdf2_hashes_of_other_libraries_are_accepted_and_always_replaced() -> Tested {
        are_accepted_and_replaced(HASHES).await
    }

    #[tokio::test]
    async fn malformed_pbkdf2_hashes_are_refused() -> Tested {
        let numbers = [
            "0",
            "01000",
            "+1000",
            "-1000",
            "1e3",
            " 1000",
            "1000 ",
            "",
            "999",
            "4294967296",
            "99999999999999999999",
            "\u{661}000",
        ];
        for (hash, salt) in [
            (PHC, "c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg"),
            (PASSLIB, "jFFK6V2rdY6Rcm5NqVXqXQ"),
            (DJANGO, "saltsaltsaltsaltsalt22"),
            (WERKZEUG, "6Qbt1ubMetsQT7MC"),
        ] {
            are_refused(cut(hash)).await?;
            are_refused(with(hash, "1000", &numbers)).await?;
            are_refused(with(hash, salt, &["", &"x".repeat(400)])).await?;
            are_refused(with(hash, "sha", &["sha-", "SHA", "sha1", "md"])).await?;
        }
        are_refused(with(PHC, ",l=32", &[",l=31", ",l=33", ",l=", ",l=032", ",x=32", ",l=32,l=32", ",l=4294967328"]))
            .await?;
        are_refused(with(PHC, "i=1000,l=32", &["l=32,i=1000", "i=1000,", "I=1000", "i=i=1000", "v=1,i=1000"])).await?;
        are_refused(with(
            PHC,
            "c2FsdHNhbHRzYWx0c2FsdHNhbHQyMg",
            &["c2FsdHNhbHRzYWx0c2FsdHNhbHQyMh", "c2Fsd.==", "c2Fsd$"],
        ))
        .await?;
        are_refused(with(PHC, "/oRgt", &["_oRgt", "?oRgt", "=oRgt"])).await?;
        are_refused(with(PASSLIB, "v.g", &["v+g", "v.h", "v.g=", "v-g"])).await?;
        are_refused(with(DJANGO, "TcY=", &["TcY", "TcY==", "TcZ=", "TcY.", ""])).await?;
        are_refused(with(WERKZEUG, "4aa8", &["4AA8", "4aa", "", "4aag", "4a a8"])).await?;
        are_refused(with(WERKZEUG, "39dad5ad3757e6f249cdd64a3792b02789f034efc7ffd251cdef4b4d", &[""])).await
    }

    #[test]
    fn a_pbkdf2_hash_has_a_price_limit() -> Tested {
        let policy = cheap()?;
        let is_read = |hash: String| Stored::read(&hash, &policy.params).is_some();
        for (hash, blocks) in [(DJANGO, 1), (PASSLIB, 1), (PHC, 1), (WERKZEUG, 1)] {
            assert!(is_read(hash.replacen("1000", &(5_000_000 / blocks).to_string(), 1)), "{hash}");
            assert!(!is_read(hash.replacen("1000", &(5_000_000 / blocks + 1).to_string(), 1)), "{hash}");
            assert!(!is_read(hash.replacen("1000", &u32::MAX.to_string(), 1)), "{hash}");
        }
        // Two blocks of SHA-256.
        let two = |iterations| {
            format!(
                "$pbkdf2-sha256$i={iterations},l=64$c2FsdHNhbHQ$BopAhrRoxPBRnagBHCupx53xOTKemnAVWMUw7ydlpvK9JnoNBx/Knqvx4nUXoC3GajnjyZdj4kd6DXA1r70v+g"
            )
        };
        assert!(is_read(two(2_500_000)) && !is_read(two(2_500_001)));
        assert!(
            StoredPbkdf2::read(DJANGO).and_then(|stored| stored.compare(b"secret")).is_some_and(|accepted| accepted)
        );
        Ok(())
    }
}

#[cfg(feature = "scrypt")]
mod scrypt {
    use super::{Hashes, Tested, are_accepted_and_replaced, are_refused, cut, with};
    use crate::password::tests::{cheap, stored::Stored};

    const PASSLIB: &str = "$scrypt$ln=5,r=2,p=3$de7dW0sJYWyt9Z7zvreWsg$hrfEVJrsD0dftU4wPPQa0H77RgZ6vILeBGSZjKxuaE4";
    const DJANGO: &str = "scrypt$16$saltsalt$2$3$vzNStGP2G3pd1QmSgRiCninrXyKHn7JuafcpDwJselrzKFpugAqijeMOfJ6m4JlQbv7xShtY0ZEShRYjk3f/KA==";
    const WERKZEUG: &str = "scrypt:32768:8:1$4jQrmxWKuuyOxrAJ$838da1b75354e7da1ad04c9e8cf47673f3c1c070baa5f5e68c8549bdc748871cfd5e554e80dcfccad32eaa0ee30139918c3532dc14a4e12729e75e16d1e03ea0";

    const HASHES: &Hashes = &[
        (
            "secret",
            &[
                PASSLIB,
                "$scrypt$ln=4,r=8,p=1$h/D+H8MYI2QMAQBAKIUQ4g$yQ6PnrzGVDR0jSb7f6nXewImWPFyfFwRprEqAkcR8G4",
                "$scrypt$ln=16,r=8,p=1$nPO+916rFUIIQSglJOT8nw$av79Kv5V69BT9Y5DKf0HsKIXhcPTCFvfnk/ITgt1xno",
                DJANGO,
                "scrypt$16384$93Xl8P3rFDCh9iLxIntu2y$8$5$OsHTxdBxnzfmD2XF5LpvFJAalpRQQgah/Q2HPNdT9sFcLXjv6oKCGDoo8fUqbnGt3oIOWAxqxV4wLiJbn12rRQ==",
                WERKZEUG,
            ],
        ),
        (
            "pässwörd\0 with NUL",
            &[
                "scrypt$16$saltsalt$2$3$bCCnvu+nzFuV4HHMHxWKxCdbyaXMW5ohqlcxNsdndEYzcUKtvsg5ghFy3N72dzkVBJWUDBTa2qJsm4ws6cTckw==",
                "$scrypt$ln=5,r=2,p=3$Y0wJgXAuJQSAEMKYE2JsjQ$IysU2+NLuBs1s1UZVRMlbnvnrM6Wjh+C8hql1Qtq4RM",
            ],
        ),
        (
            "",
            &[
                "scrypt$16$saltsalt$2$3$vDQXgJKGIoG1M/lE/9mloUnxM2JXNoULP/vwSoOAt5R7eqojGokrjYEvyxsiz+7SiHSZKwxL7g/EO8PT24nvnw==",
                "$scrypt$ln=5,r=2,p=3$fg9hTMnZG4NQqrWW0tqbMw$Zsc3HoNucpx3wUXHl2v23UvGq7I1a9540Za0dc/gazo",
            ],
        ),
    ];

    #[tokio::test]
    async fn scrypt_hashes_of_other_libraries_are_accepted_and_always_replaced() -> Tested {
        are_accepted_and_replaced(HASHES).await
    }

    #[tokio::test]
    async fn malformed_scrypt_hashes_are_refused() -> Tested {
        for hash in [PASSLIB, DJANGO, WERKZEUG] {
            are_refused(cut(hash)).await?;
        }
        for number in ["0", "05", "+5", "-5", "", " 5", "4294967296", "64", "99999999999999999999"] {
            for (part, name) in [("ln=5", "ln="), ("r=2", "r="), ("p=3", "p=")] {
                // 64 blocks are allowed.
                if name == "r=" && number == "64" {
                    continue;
                }
                are_refused(with(PASSLIB, part, &[&format!("{name}{number}")])).await?;
            }
        }
        are_refused(with(PASSLIB, "ln=5,r=2,p=3", &["r=2,ln=5,p=3", "ln=5,r=2", "ln=5,r=2,p=3,p=3", "ln=5, r=2,p=3"]))
            .await?;
        are_refused(with(PASSLIB, "de7dW0sJYWyt9Z7zvreWsg", &["", "de7dW0sJYWyt9Z7zvreWsh", "de7d.", "de7d="])).await?;
        are_refused(with(DJANGO, "$16$", &["$0$", "$1$", "$15$", "$17$", "$016$", "$$", "$-16$", "$4294967296$"]))
            .await?;
        are_refused(with(DJANGO, "$2$3$", &["$2$", "$2$0$", "$0$3$", "$2$3$3$", "$02$3$", "$2$17$", "$65$3$"])).await?;
        are_refused(with(DJANGO, "saltsalt", &["", &"x".repeat(257)])).await?;
        are_refused(with(DJANGO, "KA==", &["KA", "KA=", "KB==", ""])).await?;
        are_refused(with(WERKZEUG, "32768", &["0", "1", "32767", "032768", "", "2097152"])).await?;
        are_refused(with(WERKZEUG, "838d", &["838D", "838", "838g", ""])).await
    }

    #[test]
    fn a_scrypt_hash_has_a_price_limit() -> Tested {
        let policy = cheap()?;
        let is_read = |cost: &str| Stored::read(&PASSLIB.replace("ln=5,r=2,p=3", cost), &policy.params).is_some();
        for cost in ["ln=18,r=8,p=2", "ln=17,r=16,p=2", "ln=15,r=64,p=2", "ln=1,r=64,p=16", "ln=21,r=1,p=2"] {
            assert!(is_read(cost), "{cost}");
        }
        for cost in [
            "ln=19,r=8,p=1",
            "ln=18,r=8,p=3",
            "ln=17,r=16,p=3",
            "ln=15,r=65,p=1",
            "ln=1,r=1,p=17",
            "ln=22,r=1,p=1",
            "ln=63,r=1,p=1",
            "ln=63,r=4294967295,p=4294967295",
            // Their product has more than 32 bits.
            "ln=1,r=65536,p=65536",
            "ln=1,r=64,p=150000016",
        ] {
            assert!(!is_read(cost), "{cost}");
        }
        Ok(())
    }
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
